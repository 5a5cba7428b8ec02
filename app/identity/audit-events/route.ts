import { exportFormats } from "@/lib/audit/export";
import { auditListDescription, auditReply } from "@/lib/audit/operation";
import { auditEventSchema, auditQuerySchema } from "@/lib/audit/schema";
import { routes } from "@/lib/gates/route";
import { listOf, tenantOperation } from "@/lib/operation";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: tenantOperation({
    summary: "List or export audit events",
    description: auditListDescription,
    scope: "audit:read",
    query: auditQuerySchema,
    responses: {
      200: { description: "A page of events", schema: listOf(auditEventSchema), streams: Object.keys(exportFormats) },
    },
    handle: ({ grant, query, accept }) => auditReply(grant, query, accept),
  }),
});
