import { PageTitle } from "@/components/shell/page-title";
import { SettingsLayout } from "@/components/shell/settings-layout";
import { TenantNotFound } from "@/components/shell/states";
import { TokenDetailsSkeleton } from "@/components/tokens/details/token-details-states";
import { requestText } from "@/lib/text/server";
import { Soon } from "../../../../soon";
import { tokenPath } from "../../../paths";
import { requirePlaces } from "../../../places";
import { SignedInHeader } from "../../../signed-in-header";
import { ssoRequiredState } from "../../../sso-required";
import { TokenSection } from "./token-section";
import { TokenShell } from "./token-shell";

/** One API token, at the deep link `/identity/settings/tenant/tokens/<id>?tenant=…&orgId=…`. */
export default async function TokenPage({
  params,
  searchParams,
}: PageProps<"/identity/settings/tenant/tokens/[tokenId]">) {
  const text = await requestText();
  const [{ tokenId }, parameters] = await Promise.all([params, searchParams]);
  const tenantId = String(parameters.tenant);
  const organizationId = String(parameters.orgId);
  const here = tokenPath({ id: organizationId }, { id: tenantId }, encodeURIComponent(tokenId));
  const { session, organizations } = await requirePlaces(here);
  const organization = organizations.find(({ id }) => id === organizationId);
  const tenant = organization?.tenants.find(({ id }) => id === tenantId);
  return (
    <>
      <PageTitle
        parts={[text("API token"), ...(organization && tenant ? [`${organization.name} / ${tenant.name}`] : [])]}
      />
      <SignedInHeader
        session={session}
        organizations={organizations}
        area="tenant"
        organizationId={organization?.id ?? null}
        tenantId={tenant?.id ?? null}
      />
      {organization && tenant ? (
        <Soon
          id={tokenId}
          skeleton={
            <TokenShell organization={organization} tenant={tenant} name={text("API token")}>
              <TokenDetailsSkeleton />
            </TokenShell>
          }
          content={TokenSection({ session, organization, tenant, tokenId })}
        />
      ) : (
        <SettingsLayout
          title={text("Tenant settings")}
          breadcrumbs={[{ label: text("Tenant settings") }]}
          sections={[]}
        >
          {ssoRequiredState(session, { organizationId, hasOther: organizations.length > 0, returnTo: here }) ?? (
            <TenantNotFound fallback={null} />
          )}
        </SettingsLayout>
      )}
    </>
  );
}
