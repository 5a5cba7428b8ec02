import { parseOrganizationId, parseTenantId } from "@/lib/access/ids";
import { notFound } from "@/lib/errors";
import { authorize } from "@/lib/gates/authorize";
import { listOrganizations } from "@/lib/organizations";
import { auditDownload } from "../../../audit-download";

/** Downloads the audit log of a tenant. */
export async function GET(request: Request): Promise<Response> {
  return auditDownload(request, {
    page: "/identity/settings/tenant",
    async open(session, query, origin) {
      const organizationId = parseOrganizationId(query.get("orgId") ?? "");
      const tenantId = parseTenantId(query.get("tenant") ?? "");
      const organization = (await listOrganizations(session)).find(({ id }) => id === organizationId);
      const tenant = organization?.tenants.find(({ id }) => id === tenantId);
      if (!organization || !tenant) throw notFound("tenant");
      const grant = await authorize(session, "audit:read", { organizationId, tenantId }, origin);
      return { grant, names: [organization.name, tenant.name] };
    },
  });
}
