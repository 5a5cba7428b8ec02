import { createLoader } from "nuqs/server";
import { tenantListParams } from "@/components/organization/tenants-params";
import { TenantsPanel } from "@/components/shell/lazy-panels";
import { NoOrganizationPermission } from "@/components/shell/states";
import type { OrganizationGrant } from "@/lib/access/decide";
import { parseOrganizationId } from "@/lib/access/ids";
import type { Origin } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import { askInOrganization } from "@/lib/gates/authorize";
import { getOrganization } from "@/lib/organizations";
import { listTenants } from "@/lib/tenants/organization-tenants";
import { requestText } from "@/lib/text/server";
import { tenantSettingsPath } from "../../paths";
import { section } from "../../section";
import type { OrganizationSectionProps } from "../organization-section";
import { createTenantAction } from "./actions";

const pageSize = 25;
const listState = createLoader(tenantListParams);

/** The tab: the organization's tenants, and the way to another. */
export async function Tenants({ session, organizationId, searchParams }: OrganizationSectionProps) {
  const text = await requestText();
  return section({
    path: "/identity/settings/organization",
    failure: {
      title: text("The tenants could not be loaded"),
      text: text("The server failed to answer. The tenants themselves are not affected. Try again in a moment."),
    },
    load,
    show: (loaded) =>
      "denied" in loaded ? (
        <NoOrganizationPermission scope="organization:read" what="tenants" />
      ) : (
        <TenantsPanel
          {...loaded}
          now={new Date().toISOString()}
          create={createTenantAction.bind(null, organizationId)}
        />
      ),
  });

  async function load(origin: Origin) {
    const context = { organizationId: parseOrganizationId(organizationId), tenantId: null };
    const [read, write] = await Promise.all([
      askInOrganization(session, "organization:read", context, origin),
      askInOrganization(session, "organization:write", context, origin),
    ]);
    if (!read.allowed) return { denied: true } as const;
    const [organization, page] = await Promise.all([
      getOrganization(read.grant),
      pageOf(read.grant, listState(searchParams).cursor),
    ]);
    return {
      organizationName: organization.name,
      tenants: page.items.map((tenant) => ({ ...tenant, href: tenantSettingsPath(organization, tenant) })),
      nextCursor: page.nextCursor,
      previousCursor: page.previousCursor,
      readOnlyReason: write.allowed
        ? undefined
        : text("Your role doesn't include organization:write. Ask an owner to create a tenant."),
    };
  }
}

/** One page of the list. A cursor that is stale or was tampered with leads to the first page, not to an error. */
async function pageOf(grant: OrganizationGrant<"organization:read">, cursor: string | null) {
  const first = { limit: pageSize };
  if (cursor === null) return listTenants(grant, first);
  try {
    return await listTenants(grant, { ...first, cursor });
  } catch (error) {
    if (error instanceof Problem && error.details.code === "invalid_request") return listTenants(grant, first);
    throw error;
  }
}
