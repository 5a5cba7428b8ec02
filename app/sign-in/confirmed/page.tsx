import { Confirmed } from "@/components/account/confirmed";
import { PageTitle } from "@/components/shell/page-title";
import { readSsoFailure } from "@/lib/gates/single-sign-on";
import { ssoSettings } from "@/lib/sso/settings";
import { requestText } from "@/lib/text/server";

/** Where a tab ends up in which a person confirmed at the OpenID provider who they are. */
export default async function ConfirmedPage({ searchParams }: PageProps<"/sign-in/confirmed">) {
  const text = await requestText();
  const failure = readSsoFailure(await searchParams);
  return (
    <main id="main" className="grid min-h-dvh place-items-center px-4 py-12">
      <PageTitle parts={[text("Confirm who you are")]} />
      <Confirmed failure={failure} name={ssoSettings()?.name ?? ""} />
    </main>
  );
}
