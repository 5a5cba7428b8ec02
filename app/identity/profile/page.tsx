import type { Metadata } from "next";
import { Suspense } from "react";
import { AccountPanel } from "@/components/account/account-panel";
import { SettingsLayout } from "@/components/shell/settings-layout";
import { ListSkeleton } from "@/components/shell/states";
import { requireSession } from "@/lib/gates/page";
import { listOrganizations } from "@/lib/organizations";
import { type ProfileTab, profileTabPath, profileTabs } from "../settings/paths";
import { SignedInHeader } from "../settings/signed-in-header";
import { changePasswordAction } from "./actions";
import { PersonalTokens } from "./personal-tokens";

export const metadata: Metadata = { title: "Profile" };

const labels: Readonly<Record<ProfileTab, string>> = { "personal-tokens": "Personal tokens", account: "Account" };

/** One's own profile, at the deep link `?tab=personal-tokens`. */
export default async function ProfilePage({ searchParams }: PageProps<"/identity/profile">) {
  const parameters = await searchParams;
  const tab = profileTabs.find((known) => known === parameters.tab) ?? "personal-tokens";
  const session = await requireSession(profileTabPath(tab));
  return (
    <>
      <SignedInHeader
        session={session}
        organizations={await listOrganizations(session)}
        area="profile"
        organizationId={null}
        tenantId={null}
      />
      <SettingsLayout
        title="Profile"
        breadcrumbs={[{ label: session.user.name }, { label: "Profile" }]}
        sections={profileTabs.map((known) => ({
          label: labels[known],
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
