import type { Metadata } from "next";
import { type ReactNode, Suspense } from "react";
import { SettingsLayout } from "@/components/shell/settings-layout";
import { NoTenantChosen, TenantNotFound, TokenTableSkeleton } from "@/components/tokens/token-states";
import { requireSession } from "@/lib/gates/page";
import { listOrganizations } from "@/lib/organizations";
import { tenantSettingsPath } from "../paths";
import { SignedInHeader } from "../signed-in-header";
import { ApiTokens } from "./api-tokens";

export const metadata: Metadata = { title: "API tokens" };

type Organizations = Awaited<ReturnType<typeof listOrganizations>>;
type SearchParams = Record<string, string | string[] | undefined>;

/** Tenant settings, at the deep link `?tenant=…&tenantName=…&orgId=…&tab=api-tokens`. */
export default async function TenantSettingsPage({ searchParams }: PageProps<"/identity/settings/tenant">) {
  const parameters = await searchParams;
  const session = await requireSession(pathWith(parameters));
  const organizations = await listOrganizations(session);
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
          crumbs={[{ label: organization.name }, { label: tenant.name }]}
          apiTokensHref={tenantSettingsPath(organization, tenant)}
        >
          <Suspense key={tenant.id} fallback={<TokenTableSkeleton />}>
            <ApiTokens session={session} organization={organization} tenant={tenant} searchParams={parameters} />
          </Suspense>
        </Settings>
      ) : (
        <Settings crumbs={[]}>{elsewhere(parameters, organizations)}</Settings>
      )}
    </>
  );
}

function Settings(props: { crumbs: { label: string }[]; apiTokensHref?: string; children: ReactNode }) {
  const { crumbs, apiTokensHref, children } = props;
  return (
    <SettingsLayout
      title="Tenant settings"
      breadcrumbs={[...crumbs, { label: "Tenant settings" }]}
      sections={apiTokensHref ? [{ label: "API tokens", href: apiTokensHref, current: true }] : []}
    >
      {children}
    </SettingsLayout>
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

function pathWith(parameters: SearchParams): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const item of [value].flat()) if (item) query.append(name, item);
  return `/identity/settings/tenant?${query}`;
}
