import { AuditPanel } from "@/components/shell/lazy-panels";
import { NoOrganizationPermission } from "@/components/shell/states";
import { parseOrganizationId } from "@/lib/access/ids";
import type { Origin } from "@/lib/access/principal";
import { askInOrganization } from "@/lib/gates/authorize";
import { getOrganization } from "@/lib/organizations";
import { requestText } from "@/lib/text/server";
import { auditState, loadAuditLog } from "../../audit-state";
import { section } from "../../section";
import type { OrganizationSectionProps } from "../organization-section";

/** The tab: everything on record in the organization, for those whose role covers the whole of it. */
export async function OrganizationAuditLog({ session, organizationId, searchParams }: OrganizationSectionProps) {
  const text = await requestText();
  const exportPath = `/identity/settings/organization/audit/export?${new URLSearchParams({ orgId: organizationId })}`;
  return section({
    path: "/identity/settings/organization",
    failure: {
      title: text("The audit log could not be loaded"),
      text: text("The server failed to answer. Nothing on record is lost. Try again in a moment."),
    },
    load,
    show: (loaded) =>
      "denied" in loaded ? (
        <NoOrganizationPermission scope="audit:read" what="audit" />
      ) : (
        <AuditPanel {...loaded} now={new Date().toISOString()} exportPath={exportPath} />
      ),
  });

  async function load(origin: Origin) {
    const context = { organizationId: parseOrganizationId(organizationId), tenantId: null };
    const [audit, read] = await Promise.all([
      askInOrganization(session, "audit:read", context, origin),
      askInOrganization(session, "organization:read", context, origin),
    ]);
    if (!audit.allowed || !read.allowed) return { denied: true } as const;
    const [log, { name, tenants }] = await Promise.all([
      loadAuditLog(audit.grant, auditState(searchParams)),
      getOrganization(read.grant),
    ]);
    return {
      ...log,
      placeName: name,
      tenants: tenants.map((tenant) => ({ id: tenant.id, label: tenant.name })),
      known: { ...log.known, ...Object.fromEntries(tenants.map((tenant) => [tenant.id, { name: tenant.name }])) },
    };
  }
}
