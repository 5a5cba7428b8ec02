import type { Metadata } from "next";
import { Suspense } from "react";
import { AccountPanel } from "@/components/account/account-panel";
import { SettingsLayout } from "@/components/shell/settings-layout";
import { ListSkeleton } from "@/components/shell/states";
import { type ProfileTab, profileTabLabels, profileTabPath, profileTabs } from "../settings/paths";
import { requirePlaces } from "../settings/places";
import { SignedInHeader } from "../settings/signed-in-header";
import { changePasswordAction } from "./actions";
import { PersonalTokens } from "./personal-tokens";

type SearchParams = Record<string, string | string[] | undefined>;

export async function generateMetadata({ searchParams }: PageProps<"/identity/profile">): Promise<Metadata> {
  return { title: `${profileTabLabels[tabOf(await searchParams)]} · Profile` };
}

/** One's own profile, at the deep link `?tab=personal-tokens`. */
export default async function ProfilePage({ searchParams }: PageProps<"/identity/profile">) {
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
        title="Profile"
        breadcrumbs={[{ label: session.user.name }, { label: "Profile" }]}
        sections={profileTabs.map((known) => ({
          label: profileTabLabels[known],
          href: profileTabPath(known),
          current: known === tab,
        }))}
      >
        {tab === "account" ? (
          <AccountPanel user={session.user} changePassword={changePasswordAction} />
        ) : (
          <Suspense fallback={<ListSkeleton label="Loading personal tokens" rows={3} />}>
            <PersonalTokens session={session} searchParams={parameters} />
          </Suspense>
        )}
      </SettingsLayout>
    </>
  );
}

function tabOf(parameters: SearchParams): ProfileTab {
  return profileTabs.find((known) => known === parameters.tab) ?? "personal-tokens";
}
