import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentSession } from "@/lib/gates/page";
import { safeReturnTo } from "@/lib/gates/return-to";
import { SignIn } from "./sign-in";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const returnTo = safeReturnTo((await searchParams).returnTo);
  if (await currentSession()) redirect(returnTo);
  return (
    <main id="main" className="grid min-h-dvh place-items-center px-4 py-12">
      <SignIn returnTo={returnTo} />
    </main>
  );
}
