import { NoPermission } from "@/components/shell/states";
import { GeneralPanel } from "@/components/tenant/general-panel";
import { parseOrganizationId, parseTenantId } from "@/lib/access/ids";
import type { Origin } from "@/lib/access/principal";
import { ask } from "@/lib/gates/authorize";
import { getTenant } from "@/lib/tenants/tenant";
import { requestText } from "@/lib/text/server";
import { section } from "../../section";
import type { TenantSectionProps } from "../tenant-section";
import { renameTenantAction } from "./actions";

/** The tab: what the tenant is called and what it is known by. */
export async function General({ session, organization, tenant }: TenantSectionProps) {
  const text = await requestText();
  return section({
    path: "/identity/settings/tenant",
    failure: {
      title: text("The tenant could not be loaded"),
      text: text("The server failed to answer. Nothing was changed. Try again in a moment."),
    },
    load,
    show: (loaded) =>
      "denied" in loaded ? (
        <NoPermission scope="tenant:read" what="tenant" />
      ) : (
        <GeneralPanel
          {...loaded}
          rename={renameTenantAction.bind(null, { organizationId: organization.id, tenantId: tenant.id })}
        />
      ),
  });

  async function load(origin: Origin) {
    const context = { organizationId: parseOrganizationId(organization.id), tenantId: parseTenantId(tenant.id) };
    const [read, write] = await Promise.all([
      ask(session, "tenant:read", context, origin),
      ask(session, "tenant:write", context, origin),
    ]);
    if (!read.allowed) return { denied: true } as const;
    return {
      tenant: await getTenant(read.grant),
      readOnlyReason: write.allowed
        ? undefined
        : text("Your role here doesn't include tenant:write. Ask an admin of this tenant to rename it."),
    };
  }
}
