import { redirect } from "next/navigation";
import { PageTitle } from "@/components/shell/page-title";
import { currentSession } from "@/lib/gates/page";
import { safeReturnTo, singleSignOnPath } from "@/lib/gates/return-to";
import { readSsoFailure } from "@/lib/gates/single-sign-on";
import { isSsoRequiredEverywhere, ssoSettings } from "@/lib/sso/settings";
import { requestText } from "@/lib/text/server";
import { SignIn } from "./sign-in";

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const parameters = await searchParams;
  const returnTo = safeReturnTo(parameters.returnTo);
  const failure = readSsoFailure(parameters);
  if (failure === null && (await currentSession())) redirect(returnTo);
  const text = await requestText();
  const settings = ssoSettings();
  const sso = settings && {
    name: settings.name,
    href: singleSignOnPath(returnTo),
    isRequired: await isSsoRequiredEverywhere(),
  };
  return (
    <main id="main" className="grid min-h-dvh place-items-center px-4 py-12">
      <PageTitle parts={[text("Sign in")]} />
      <SignIn returnTo={returnTo} sso={sso} failure={failure} />
    </main>
  );
}
