import type { Metadata } from "next";
import { Confirmed } from "@/components/account/confirmed";
import { readSsoFailure } from "@/lib/gates/single-sign-on";
import { ssoSettings } from "@/lib/sso/settings";
import { requestText } from "@/lib/text/server";

export async function generateMetadata(): Promise<Metadata> {
  const text = await requestText();
  return { title: text("Confirm who you are") };
}

/** Where a tab ends up in which a person confirmed at the OpenID provider who they are. */
export default async function ConfirmedPage({ searchParams }: PageProps<"/sign-in/confirmed">) {
  const failure = readSsoFailure(await searchParams);
  return (
    <main id="main" className="grid min-h-dvh place-items-center px-4 py-12">
      <Confirmed failure={failure} name={ssoSettings()?.name ?? ""} />
    </main>
  );
}
