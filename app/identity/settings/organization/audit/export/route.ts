import { parseOrganizationId } from "@/lib/access/ids";
import { notFound } from "@/lib/errors";
import { authorizeInOrganization } from "@/lib/gates/authorize";
import { listOrganizations } from "@/lib/organizations";
import { auditDownload } from "../../../audit-download";

/** Downloads the audit log of an organization. */
export async function GET(request: Request): Promise<Response> {
  return auditDownload(request, {
    page: "/identity/settings/organization",
    async open(session, query, origin) {
      const organizationId = parseOrganizationId(query.get("orgId") ?? "");
      const organization = (await listOrganizations(session)).find(({ id }) => id === organizationId);
      if (!organization) throw notFound("organization");
      const context = { organizationId, tenantId: null };
      const grant = await authorizeInOrganization(session, "audit:read", context, origin);
      return { grant, names: [organization.name] };
    },
  });
}
