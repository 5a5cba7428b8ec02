import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentSession } from "@/lib/gates/page";
import { safeReturnTo } from "@/lib/gates/return-to";
import { requestText } from "@/lib/text/server";
import { SignIn } from "./sign-in";

export async function generateMetadata(): Promise<Metadata> {
  const text = await requestText();
  return { title: text("Sign in") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const returnTo = safeReturnTo((await searchParams).returnTo);
  if (await currentSession()) redirect(returnTo);
  return (
    <main id="main" className="grid min-h-dvh place-items-center px-4 py-12">
      <SignIn returnTo={returnTo} />
    </main>
  );
}
