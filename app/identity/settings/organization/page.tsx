import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { type ReactNode, Suspense } from "react";
import { SettingsLayout } from "@/components/shell/settings-layout";
import { ListSkeleton, OrganizationNotFound } from "@/components/shell/states";
import { requireSession } from "@/lib/gates/page";
import { listOrganizations } from "@/lib/organizations";
import { type OrganizationTab, organizationSettingsPath, organizationTabs } from "../paths";
import { openTabs, SignedInHeader } from "../signed-in-header";
import { OrganizationAuditLog } from "./audit/organization-audit-log";
import { General } from "./general";
import { Members } from "./members";
import type { OrganizationSectionProps } from "./organization-section";
import { OrganizationTokens } from "./tokens/organization-tokens";

export const metadata: Metadata = { title: "Organization settings" };

interface SectionOf {
  label: string;
  Section: (props: OrganizationSectionProps) => Promise<ReactNode>;
}

const sections: Readonly<Record<OrganizationTab, SectionOf>> = {
  members: { label: "Members", Section: Members },
  tokens: { label: "Tokens", Section: OrganizationTokens },
  audit: { label: "Audit log", Section: OrganizationAuditLog },
  general: { label: "General", Section: General },
};

/** Organization settings, at the deep link `?orgId=…&tab=members`. */
export default async function OrganizationSettingsPage({ searchParams }: PageProps<"/identity/settings/organization">) {
  const parameters = await searchParams;
  const tab = organizationTabs.find((known) => known === parameters.tab) ?? "members";
  const { Section } = sections[tab];
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
                label: sections[open].label,
                href: organizationSettingsPath(organization, open),
                current: open === tab,
              }))
            : []
        }
      >
        {organization ? (
          <Suspense
            key={`${organization.id} ${tab}`}
            fallback={<ListSkeleton label={`Loading ${sections[tab].label}`} />}
          >
            <Section session={session} organizationId={organization.id} searchParams={parameters} />
          </Suspense>
        ) : (
          <OrganizationNotFound />
        )}
      </SettingsLayout>
    </>
  );
}
