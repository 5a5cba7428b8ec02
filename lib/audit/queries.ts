import { z } from "zod";
import type { Grant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { cursorTime, keysetPage, type Page } from "@/lib/db/keyset";
import type { AuditEventView, AuditFilter } from "./schema";

const exportPageSize = 1000;
const detailsColumn = z.record(z.string(), z.json());

/** One page of the tenant's audit events, newest first. */
export async function listAuditEvents(
  grant: Grant<"audit:read">,
  query: AuditFilter & { limit: number; cursor?: string | undefined },
): Promise<Page<AuditEventView>> {
  const page = await keysetPage({
    sort: "occurredAt",
    order: "desc",
    cursor: query.cursor,
    limit: query.limit,
    nullable: false,
    valueOf: (row: Prisma.AuditEventModel) => row.occurredAt.toISOString(),
    parse: cursorTime,
    fetch: ({ where, orderBy, take }) =>
      db.auditEvent.findMany({ where: { AND: [matching(grant, query), where] }, orderBy, take }),
  });
  return { ...page, items: page.items.map(viewOf) };
}

/** Every event that matches, newest first, fetched page by page as they are consumed: memory stays flat. */
export async function* exportAuditEvents(
  grant: Grant<"audit:read">,
  filter: AuditFilter,
): AsyncGenerator<AuditEventView[]> {
  let cursor: string | undefined;
  do {
    const page = await listAuditEvents(grant, { ...filter, limit: exportPageSize, cursor });
    yield page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** The fence: the tenant's events only. */
function matching({ organizationId, tenantId }: Grant<"audit:read">, filter: AuditFilter): Prisma.AuditEventWhereInput {
  return {
    organizationId,
    tenantId,
    ...(filter.action === undefined ? {} : { action: filter.action }),
    ...(filter.outcome === undefined ? {} : { outcome: filter.outcome }),
    ...(filter.actor === undefined ? {} : { actorId: filter.actor }),
    ...(filter.target === undefined ? {} : { targetId: filter.target }),
    ...(filter.correlationId === undefined ? {} : { correlationId: filter.correlationId }),
    occurredAt: { ...(filter.from ? { gte: filter.from } : {}), ...(filter.to ? { lt: filter.to } : {}) },
  };
}

function viewOf(row: Prisma.AuditEventModel): AuditEventView {
  return {
    id: row.id,
    occurredAt: row.occurredAt.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId, label: row.actorLabel },
    action: row.action,
    target: row.targetKind === null ? null : { kind: row.targetKind, id: row.targetId, label: row.targetLabel },
    outcome: row.outcome,
    reason: row.reason,
    address: row.address,
    userAgent: row.userAgent,
    correlationId: row.correlationId,
    details: detailsColumn.parse(row.details),
  };
}
