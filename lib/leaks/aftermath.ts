import type { Origin } from "@/lib/access/principal";
import { type AuditEntry, actorOf, appendAudit, auditRow } from "@/lib/audit/events";
import type { Prisma } from "@/lib/db/generated/client";
import { queueNotices } from "@/lib/notices/queue";
import type { Notice, NoticePlace } from "@/lib/notices/schema";
import type { LeakPlace } from "./place";

/** What follows from a report: who is told, and what goes on record where. */

export const leakedTokenColumns = {
  id: true,
  kind: true,
  name: true,
  hint: true,
  hash: true,
  organizationId: true,
  tenantId: true,
  createdById: true,
  createdBy: { select: { memberships: { select: { organizationId: true } } } },
} as const satisfies Prisma.TokenSelect;
export type KnownToken = Prisma.TokenGetPayload<{ select: typeof leakedTokenColumns }>;

/** A token of ours that was reported. */
export interface LeakedToken {
  token: KnownToken;
  /** Every place it was found in. */
  places: readonly LeakPlace[];
  /** What the report's revocation left on it; null when it was revoked already. */
  note: string | null;
}

/** Tells the tenant, or the owner of a personal token, of each one that this report revoked. */
export async function tellOwners(transaction: Prisma.TransactionClient, leaked: readonly LeakedToken[]): Promise<void> {
  const told = new Map<string, { place: NoticePlace; notices: Notice[] }>();
  for (const { token, places, note } of leaked) {
    if (note === null) continue;
    const { id, name, hint, organizationId, tenantId, createdById } = token;
    const place = organizationId === null || tenantId === null ? { userId: createdById } : { organizationId, tenantId };
    const entry = told.get(tenantId ?? createdById) ?? { place, notices: [] };
    const about = { token: { id, name, hint } };
    entry.notices.push(
      { type: "token.leaked", ...about, foundAt: places[0]?.url ?? null },
      { type: "token.revoked", ...about, reason: "compromised", note },
    );
    told.set(tenantId ?? createdById, entry);
  }
  for (const { place, notices } of told.values()) await queueNotices(transaction, place, notices);
}

/** Puts on record where each token was found, and that it was revoked, in every audit log that it concerns. */
export async function recordLeaks(
  transaction: Prisma.TransactionClient,
  leaked: readonly LeakedToken[],
  origin: Origin,
): Promise<void> {
  const actor = actorOf({ kind: "system", label: "Leak report" });
  const rows = leaked.flatMap(({ token, places, note }) =>
    logsOf(token).flatMap((log) =>
      entriesOf(token, places, note).map((entry) => auditRow({ ...log, actor, origin }, entry)),
    ),
  );
  await appendAudit(transaction, rows);
}

interface Log {
  organizationId: string | null;
  tenantId: string | null;
}

/** An API token's tenant; for a personal token every organization in which it could be used. */
function logsOf({ organizationId, tenantId, createdBy }: KnownToken): Log[] {
  if (tenantId !== null) return [{ organizationId, tenantId }];
  const organizationIds = new Set(createdBy.memberships.map((membership) => membership.organizationId));
  if (organizationIds.size === 0) return [{ organizationId: null, tenantId: null }];
  return [...organizationIds].map((id) => ({ organizationId: id, tenantId: null }));
}

function entriesOf(token: KnownToken, places: readonly LeakPlace[], note: string | null): AuditEntry[] {
  const target = { kind: "token", id: token.id, label: token.hint };
  const about = { kind: token.kind, name: token.name };
  const distinct = new Map(places.map((place) => [JSON.stringify([place.url, place.source]), place]));
  const reported = [...distinct.values()].map(({ url, source }) => ({
    action: "token.leak_reported" as const,
    target,
    details: { ...about, url, source, alreadyRevoked: note === null },
  }));
  if (note === null) return reported;
  return [
    ...reported,
    { action: "token.revoked" as const, target, reason: "compromised", details: { ...about, note } },
  ];
}
