import type { Grant, OrganizationGrant } from "@/lib/access/decide";
import { type Cursor, cursorTime, keysetPage, type Page } from "@/lib/db/keyset";
import { pool } from "@/lib/db/pool";
import { auditConditions } from "./conditions";
import { type ExportFormat, exportFormats } from "./export";
import type { AuditEventView, AuditFilter } from "./schema";

/** In a tenant, or throughout an organization: its tenants, its members, and their sign-ins. */
export type AuditGrant = Grant<"audit:read"> | OrganizationGrant<"audit:read">;

const exportPageSize = 250;

/** One page of audit events, newest first. */
export async function listAuditEvents(
  grant: AuditGrant,
  query: AuditFilter & { limit: number; cursor?: string | undefined },
): Promise<Page<AuditEventView>> {
  const page = await keysetPage({
    sort: "occurredAt",
    order: "desc",
    cursor: query.cursor,
    limit: query.limit,
    nullable: false,
    valueOf: (row: EventRow) => row.occurred_at.toISOString(),
    parse: cursorTime,
    fetch: ({ cursor, direction, take }) => fetchRows(grant, query, { after: placeOf(cursor), direction, take }),
  });
  return { ...page, items: page.items.map(viewOf) };
}

/**
 * Every event that matches as text in a format, newest first, fetched page by page as it is consumed: memory stays
 * flat, and between pages no connection is held, however slow the reader.
 */
export async function* exportAuditEvents(
  grant: AuditGrant,
  filter: AuditFilter,
  format: ExportFormat,
): AsyncGenerator<string> {
  const { heading, lines } = exportFormats[format];
  const first = heading();
  if (first !== "") yield first;
  let after: Place | null = null;
  do {
    const answer: EventRow[] = await fetchRows(grant, filter, { after, direction: "desc", take: exportPageSize });
    // Taken out of the answer: what is left of the promises of it lingers until a full garbage collection, and would
    // keep every row of a long export until then.
    const rows = answer.splice(0);
    const last = rows.at(-1);
    after = last && rows.length === exportPageSize ? { time: last.occurred_at, id: last.id } : null;
    if (last) yield lines(rows.map(viewOf));
  } while (after !== null);
}

interface Place {
  time: Date;
  id: string;
}

function placeOf(cursor: Cursor | null): Place | null {
  return cursor && { time: cursorTime(cursor.value ?? ""), id: cursor.id };
}

interface EventRow {
  id: string;
  occurred_at: Date;
  tenant_id: string | null;
  actor_kind: AuditEventView["actor"]["kind"];
  actor_id: string | null;
  actor_label: string;
  action: string;
  target_kind: string | null;
  target_id: string | null;
  target_label: string | null;
  outcome: AuditEventView["outcome"];
  reason: string | null;
  address: string | null;
  user_agent: string | null;
  correlation_id: string;
  details: AuditEventView["details"];
}

/** SQL and not Prisma's models, which read a long log eight times as slowly and compare places column by column. */
async function fetchRows(
  grant: AuditGrant,
  filter: AuditFilter,
  { after, direction, take }: { after: Place | null; direction: "asc" | "desc"; take: number },
): Promise<EventRow[]> {
  const { conditions, values } = auditConditions(grant, filter);
  const beyond = direction === "desc" ? "<" : ">";
  if (after) conditions.push(`(occurred_at, id) ${beyond} ($${values.push(after.time)}, $${values.push(after.id)})`);
  const { rows } = await pool.query<EventRow>(
    `select id, occurred_at, tenant_id, actor_kind, actor_id, actor_label, action, target_kind, target_id, target_label,
       outcome, reason, address, user_agent, correlation_id, details
     from audit_events where ${conditions.join(" and ")}
     order by occurred_at ${direction}, id ${direction} limit ${take}`,
    values,
  );
  return rows;
}

function viewOf(row: EventRow): AuditEventView {
  return {
    id: row.id,
    occurredAt: row.occurred_at.toISOString(),
    tenantId: row.tenant_id,
    actor: { kind: row.actor_kind, id: row.actor_id, label: row.actor_label },
    action: row.action,
    target: row.target_kind === null ? null : { kind: row.target_kind, id: row.target_id, label: row.target_label },
    outcome: row.outcome,
    reason: row.reason,
    address: row.address,
    userAgent: row.user_agent,
    correlationId: row.correlation_id,
    details: row.details,
  };
}
