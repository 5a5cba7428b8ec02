import { AccountPanel } from "@/components/account/account-panel";
import { SettingsLayout } from "@/components/shell/settings-layout";
import { ListSkeleton } from "@/components/shell/states";
import { hasPassword } from "@/lib/sessions/confirm-password";
import { requestText } from "@/lib/text/server";
import { type ProfileTab, profileTabLabels, profileTabPath, profileTabs } from "../settings/paths";
import { requirePlaces } from "../settings/places";
import { SignedInHeader } from "../settings/signed-in-header";
import { Soon } from "../soon";
import { changePasswordAction } from "./actions";
import { PersonalTokens } from "./personal-tokens";
import { Sessions } from "./sessions";

type SearchParams = Record<string, string | string[] | undefined>;

/** One's own profile, at the deep link `?tab=personal-tokens`. */
export default async function ProfilePage({ searchParams }: PageProps<"/identity/profile">) {
  const text = await requestText();
  const parameters = await searchParams;
  const tab = tabOf(parameters);
  const { session, organizations } = await requirePlaces(profileTabPath(tab));
  return (
    <>
      <SignedInHeader
        session={session}
        organizations={organizations}
        area="profile"
        organizationId={null}
        tenantId={null}
      />
      <SettingsLayout
        documentTitle={[text.known(profileTabLabels[tab]), text("Profile")]}
        title={text("Profile")}
        breadcrumbs={[{ label: session.user.name }, { label: text("Profile") }]}
        sections={profileTabs.map((known) => ({
          label: text.known(profileTabLabels[known]),
          href: profileTabPath(known),
          current: known === tab,
        }))}
      >
        {tab === "account" ? (
          <AccountPanel
            user={session.user}
            hasPassword={await hasPassword(session)}
            changePassword={changePasswordAction}
          />
        ) : tab === "sessions" ? (
          <Soon
            id={tab}
            skeleton={<ListSkeleton label={text("Loading sessions")} rows={2} />}
            content={Sessions({ session, searchParams: parameters })}
          />
        ) : (
          <Soon
            id={tab}
            skeleton={<ListSkeleton label={text("Loading personal tokens")} rows={3} />}
            content={PersonalTokens({ session, searchParams: parameters })}
          />
        )}
      </SettingsLayout>
    </>
  );
}

function tabOf(parameters: SearchParams): ProfileTab {
  return profileTabs.find((known) => known === parameters.tab) ?? "personal-tokens";
}
