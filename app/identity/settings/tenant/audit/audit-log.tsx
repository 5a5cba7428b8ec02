import { AuditPanel } from "@/components/shell/lazy-panels";
import { NoPermission } from "@/components/shell/states";
import { parseOrganizationId, parseTenantId } from "@/lib/access/ids";
import type { Origin } from "@/lib/access/principal";
import { ask } from "@/lib/gates/authorize";
import { requestText } from "@/lib/text/server";
import { auditState, loadAuditLog } from "../../audit-state";
import { section } from "../../section";
import type { TenantSectionProps } from "../tenant-section";

/** The tab: asks for the right to see, loads one page, and hands the browser what it shows and no more. */
export async function AuditLog({ session, organization, tenant, searchParams }: TenantSectionProps) {
  const text = await requestText();
  const exportPath = `/identity/settings/tenant/audit/export?${new URLSearchParams({ orgId: organization.id, tenant: tenant.id })}`;
  return section({
    path: "/identity/settings/tenant",
    failure: {
      title: text("The audit log could not be loaded"),
      text: text("The server failed to answer. Nothing on record is lost. Try again in a moment."),
    },
    load,
    show: (loaded) =>
      "denied" in loaded ? (
        <NoPermission scope="audit:read" what="audit" />
      ) : (
        <AuditPanel
          {...loaded}
          placeName={`${organization.name} / ${tenant.name}`}
          now={new Date().toISOString()}
          known={{ ...loaded.known, [tenant.id]: { name: tenant.name } }}
          tenants={[]}
          exportPath={exportPath}
        />
      ),
  });

  async function load(origin: Origin) {
    const context = { organizationId: parseOrganizationId(organization.id), tenantId: parseTenantId(tenant.id) };
    const read = await ask(session, "audit:read", context, origin);
    return read.allowed ? loadAuditLog(read.grant, auditState(searchParams)) : ({ denied: true } as const);
  }
}
