import { createLoader } from "nuqs/server";
import type { KnownParty } from "@/components/audit/audit-event-list";
import { auditFilterOf, auditParams } from "@/components/audit/audit-params";
import { findTokensOf, listRecentActors } from "@/lib/audit/parties";
import { type AuditGrant, listAuditEvents } from "@/lib/audit/queries";
import { Problem } from "@/lib/errors";
import { tokenPath } from "./paths";

const pageSize = 50;

/** Reads the part of the log that an address asks for. */
export const auditState = createLoader(auditParams);
type AuditState = Awaited<ReturnType<typeof auditState>>;

/** What the audit log's panel shows: one page, and what is known of those that it speaks of. */
export async function loadAuditLog(grant: AuditGrant, state: AuditState) {
  const [page, actors] = await Promise.all([pageOf(grant, state), listRecentActors(grant)]);
  const tokens = await findTokensOf(grant, page.items);
  const known = Object.fromEntries(
    tokens.flatMap(({ id, name, tenantId }): [string, KnownParty][] =>
      tenantId === null ? [] : [[id, { name, href: tokenPath({ id: grant.organizationId }, { id: tenantId }, id) }]],
    ),
  );
  const { items: events, nextCursor, previousCursor } = page;
  return { events, nextCursor, previousCursor, actors: actors.map(({ id, label }) => ({ id, label })), known };
}

/** One page. A cursor that is stale or was tampered with leads to the first page, not to an error. */
async function pageOf(grant: AuditGrant, state: AuditState) {
  const query = { ...auditFilterOf(state, Date.now()), limit: pageSize };
  if (state.cursor === null) return listAuditEvents(grant, query);
  try {
    return await listAuditEvents(grant, { ...query, cursor: state.cursor });
  } catch (error) {
    if (error instanceof Problem && error.details.code === "invalid_request") return listAuditEvents(grant, query);
    throw error;
  }
}
