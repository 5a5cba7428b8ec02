import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { SettingsLayout } from "@/components/shell/settings-layout";
import { ListSkeleton, OrganizationNotFound } from "@/components/shell/states";
import { requestText } from "@/lib/text/server";
import { Soon } from "../../soon";
import { type OrganizationTab, organizationSettingsPath, organizationTabs } from "../paths";
import { requirePlaces } from "../places";
import { openTabs, SignedInHeader } from "../signed-in-header";
import { ssoRequiredState } from "../sso-required";
import { OrganizationAuditLog } from "./audit/organization-audit-log";
import { General } from "./general";
import { Members } from "./members";
import type { OrganizationSectionProps } from "./organization-section";
import { organizationSectionLabels } from "./organization-section-labels";
import { Plan } from "./plan/plan";
import { Tenants } from "./tenants/tenants";
import { OrganizationTokens } from "./tokens/organization-tokens";

type SearchParams = Record<string, string | string[] | undefined>;

const sections: Readonly<Record<OrganizationTab, (props: OrganizationSectionProps) => Promise<ReactNode>>> = {
  members: Members,
  tenants: Tenants,
  tokens: OrganizationTokens,
  plan: Plan,
  audit: OrganizationAuditLog,
  general: General,
};

/** Organization settings, at the deep link `?orgId=…&tab=members`. */
export default async function OrganizationSettingsPage({ searchParams }: PageProps<"/identity/settings/organization">) {
  const text = await requestText();
  const parameters = await searchParams;
  const tab = tabOf(parameters);
  const Section = sections[tab];
  const orgId = typeof parameters.orgId === "string" ? parameters.orgId : null;
  const { session, organizations } = await requirePlaces(
    orgId === null ? "/identity/settings/organization" : organizationSettingsPath({ id: orgId }, tab),
  );
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
        documentTitle={[text.known(organizationSectionLabels[tab]), ...(organization ? [organization.name] : [])]}
        title={text("Organization settings")}
        breadcrumbs={[
          ...(organization ? [{ label: organization.name }] : []),
          { label: text("Organization settings") },
        ]}
        sections={
          organization
            ? openTabs(session, organization.id).map((open) => ({
                label: text.known(organizationSectionLabels[open]),
                href: organizationSettingsPath(organization, open),
                current: open === tab,
              }))
            : []
        }
      >
        {organization ? (
          <Soon
            id={`${organization.id} ${tab}`}
            skeleton={
              <ListSkeleton
                label={text("Loading {section}", { section: text.known(organizationSectionLabels[tab]) })}
              />
            }
            content={Section({ session, organizationId: organization.id, searchParams: parameters })}
          />
        ) : (
          (ssoRequiredState(session, {
            organizationId: orgId,
            hasOther: organizations.length > 0,
            returnTo: orgId === null ? "/" : organizationSettingsPath({ id: orgId }, tab),
          }) ?? <OrganizationNotFound />)
        )}
      </SettingsLayout>
    </>
  );
}

function tabOf(parameters: SearchParams): OrganizationTab {
  return organizationTabs.find((known) => known === parameters.tab) ?? "members";
}
