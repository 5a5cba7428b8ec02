import { exportFormats } from "@/lib/audit/export";
import { auditListDescription, auditReply } from "@/lib/audit/operation";
import { auditEventSchema, organizationAuditQuerySchema } from "@/lib/audit/schema";
import { routes } from "@/lib/gates/route";
import { listOf, organizationOperation } from "@/lib/operation";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: organizationOperation({
    summary: "List or export the audit events of an organization",
    description: `Those of all its tenants, its members and itself. ${auditListDescription}`,
    scope: "audit:read",
    query: organizationAuditQuerySchema,
    responses: {
      200: { description: "A page of events", schema: listOf(auditEventSchema), streams: Object.keys(exportFormats) },
    },
    handle: ({ grant, query, accept }) => auditReply(grant, query, accept),
  }),
});
