import type { Reply } from "@/lib/operation";
import { exportFormatOf } from "./export";
import { type AuditGrant, exportAuditEvents, listAuditEvents } from "./queries";
import type { AuditQuery } from "./schema";

/** What both lists say of themselves. */
export const auditListDescription =
  "Newest first. With `Accept: application/x-ndjson` or `text/csv`, every event that matches is streamed instead of a page.";

/** A page of events, or all of them in the format that the Accept header asks for. */
export async function auditReply(grant: AuditGrant, query: AuditQuery, accept: string | null): Promise<Reply> {
  const format = exportFormatOf(accept);
  if (format === null) {
    const { items, nextCursor } = await listAuditEvents(grant, query);
    return { status: 200, body: { items, nextCursor } };
  }
  const { limit, cursor, ...filter } = query;
  return { status: 200, stream: { type: format, chunks: exportAuditEvents(grant, filter, format) } };
}
