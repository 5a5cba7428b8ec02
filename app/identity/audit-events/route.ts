import { exportFormatOf, exportFormats } from "@/lib/audit/export";
import { exportAuditEvents, listAuditEvents } from "@/lib/audit/queries";
import { auditEventSchema, auditQuerySchema } from "@/lib/audit/schema";
import { routes } from "@/lib/gates/route";
import { listOf, tenantOperation } from "@/lib/operation";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: tenantOperation({
    summary: "List or export audit events",
    description:
      "Newest first. With `Accept: application/x-ndjson` or `text/csv`, every event that matches is streamed instead of a page.",
    scope: "audit:read",
    query: auditQuerySchema,
    responses: {
      200: { description: "A page of events", schema: listOf(auditEventSchema), streams: Object.keys(exportFormats) },
    },
    async handle({ grant, query, accept }) {
      const format = exportFormatOf(accept);
      if (format === null) {
        const { items, nextCursor } = await listAuditEvents(grant, query);
        return { status: 200, body: { items, nextCursor } };
      }
      const { limit, cursor, ...filter } = query;
      return { status: 200, stream: { type: format, chunks: exportFormats[format](exportAuditEvents(grant, filter)) } };
    },
  }),
});
