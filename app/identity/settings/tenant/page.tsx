import type { ReactNode } from "react";
import { useText } from "#text";
import { SettingsLayout, type SettingsLayoutProps } from "@/components/shell/settings-layout";
import { ListSkeleton, NoTenantChosen, TenantNotFound } from "@/components/shell/states";
import type { listOrganizations } from "@/lib/organizations";
import { message } from "@/lib/text/message";
import { requestText } from "@/lib/text/server";
import { Soon } from "../../soon";
import { type TenantTab, tenantSettingsPath, tenantTabs } from "../paths";
import { requirePlaces } from "../places";
import { SignedInHeader } from "../signed-in-header";
import { ssoRequiredState } from "../sso-required";
import { ApiTokens } from "./api-tokens/api-tokens";
import { AuditLog } from "./audit/audit-log";
import { General } from "./general/general";
import { TokenPolicy } from "./policy/token-policy";
import type { TenantSectionProps } from "./tenant-section";
import { tenantSectionLabels, tenantSections } from "./tenant-sections";
import { Webhooks } from "./webhooks/webhooks";

interface SectionOf {
  Section: (props: TenantSectionProps) => Promise<ReactNode>;
  skeleton: Parameters<typeof ListSkeleton>[0];
}

const sections: Readonly<Record<TenantTab, SectionOf>> = {
  general: { Section: General, skeleton: { label: message("Loading the tenant"), rows: 2 } },
  "api-tokens": { Section: ApiTokens, skeleton: { label: message("Loading API tokens"), rows: 6, toolbar: true } },
  policy: { Section: TokenPolicy, skeleton: { label: message("Loading the policy") } },
  webhooks: { Section: Webhooks, skeleton: { label: message("Loading webhooks") } },
  audit: { Section: AuditLog, skeleton: { label: message("Loading the audit log") } },
};

type Organizations = Awaited<ReturnType<typeof listOrganizations>>;
type SearchParams = Record<string, string | string[] | undefined>;

/** Tenant settings, at the deep link `?tenant=…&tenantName=…&orgId=…&tab=api-tokens`. */
export default async function TenantSettingsPage({ searchParams }: PageProps<"/identity/settings/tenant">) {
  const parameters = await searchParams;
  const { session, organizations } = await requirePlaces(pathWith(parameters));
  const tab = tabOf(parameters);
  const { Section, skeleton } = sections[tab];
  const text = await requestText();
  const label = text.known(tenantSectionLabels[tab]);
  const organization = organizations.find(({ id, tenants }) =>
    parameters.orgId === undefined
      ? tenants.some((tenant) => tenant.id === parameters.tenant)
      : id === parameters.orgId,
  );
  const tenant = organization?.tenants.find(({ id }) => id === parameters.tenant);
  return (
    <>
      <SignedInHeader
        session={session}
        organizations={organizations}
        area="tenant"
        organizationId={organization?.id ?? null}
        tenantId={tenant?.id ?? null}
      />
      {organization && tenant ? (
        <Settings
          documentTitle={[label, `${organization.name} / ${tenant.name}`]}
          crumbs={[{ label: organization.name }, { label: tenant.name }]}
          sections={tenantSections(organization, tenant, tab, text)}
        >
          <Soon
            id={`${tenant.id} ${tab}`}
            skeleton={<ListSkeleton {...skeleton} label={text.known(skeleton.label)} />}
            content={Section({ session, organization, tenant, searchParams: parameters })}
          />
        </Settings>
      ) : (
        <Settings documentTitle={[label]} crumbs={[]} sections={[]}>
          {ssoRequiredState(session, {
            organizationId: parameters.orgId,
            hasOther: organizations.length > 0,
            returnTo: pathWith(parameters),
          }) ?? elsewhere(parameters, organizations)}
        </Settings>
      )}
    </>
  );
}

function Settings(
  props: Pick<SettingsLayoutProps, "documentTitle" | "sections" | "children"> & { crumbs: { label: string }[] },
) {
  const text = useText();
  const { crumbs, ...layout } = props;
  return (
    <SettingsLayout
      title={text("Tenant settings")}
      breadcrumbs={[...crumbs, { label: text("Tenant settings") }]}
      {...layout}
    />
  );
}

/** What to show without a tenant to show: a choice, or a way back from an address that leads nowhere. */
function elsewhere(parameters: SearchParams, organizations: Organizations): ReactNode {
  const choices = organizations.flatMap((organization) =>
    organization.tenants.map((tenant) => ({
      name: `${organization.name} / ${tenant.name}`,
      href: tenantSettingsPath(organization, tenant),
    })),
  );
  if (parameters.tenant === undefined) return <NoTenantChosen tenants={choices} />;
  return <TenantNotFound fallback={choices[0] ?? null} />;
}

function tabOf(parameters: SearchParams): TenantTab {
  return tenantTabs.find((known) => known === parameters.tab) ?? "api-tokens";
}

function pathWith(parameters: SearchParams): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const item of [value].flat()) if (item) query.append(name, item);
  return `/identity/settings/tenant?${query}`;
}
