import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Suspense } from "react";
import { ListSkeleton, OrganizationNotFound } from "@/components/organization/organization-states";
import { SettingsLayout } from "@/components/shell/settings-layout";
import { requireSession } from "@/lib/gates/page";
import { listOrganizations } from "@/lib/organizations";
import { type OrganizationTab, organizationSettingsPath, organizationTabs } from "../paths";
import { openTabs, SignedInHeader } from "../signed-in-header";
import { General } from "./general";
import { Members } from "./members";

export const metadata: Metadata = { title: "Organization settings" };

const labels: Readonly<Record<OrganizationTab, string>> = { members: "Members", general: "General" };

/** Organization settings, at the deep link `?orgId=…&tab=members`. */
export default async function OrganizationSettingsPage({ searchParams }: PageProps<"/identity/settings/organization">) {
  const parameters = await searchParams;
  const tab = organizationTabs.find((known) => known === parameters.tab) ?? "members";
  const orgId = typeof parameters.orgId === "string" ? parameters.orgId : null;
  const session = await requireSession(
    orgId === null ? "/identity/settings/organization" : organizationSettingsPath({ id: orgId }, tab),
  );
  const organizations = await listOrganizations(session);
  const first = organizations.find(({ id }) => openTabs(session, id).length > 0) ?? organizations[0];
  if (orgId === null && first) redirect(organizationSettingsPath(first, tab));
  const organization = organizations.find(({ id }) => id === orgId);
  return (
    <>
      <SignedInHeader
        session={session}
        organizations={organizations}
        area="organization"
        organizationId={organization?.id ?? null}
        tenantId={null}
      />
      <SettingsLayout
        title="Organization settings"
        breadcrumbs={[...(organization ? [{ label: organization.name }] : []), { label: "Organization settings" }]}
        sections={
          organization
            ? openTabs(session, organization.id).map((open) => ({
                label: labels[open],
                href: organizationSettingsPath(organization, open),
                current: open === tab,
              }))
            : []
        }
      >
        {organization ? (
          <Suspense key={`${organization.id} ${tab}`} fallback={<ListSkeleton label={`Loading ${labels[tab]}`} />}>
            {tab === "members" ? (
              <Members session={session} organizationId={organization.id} searchParams={parameters} />
            ) : (
              <General session={session} organizationId={organization.id} />
            )}
          </Suspense>
        ) : (
          <OrganizationNotFound />
        )}
      </SettingsLayout>
    </>
  );
}
