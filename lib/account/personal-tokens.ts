import type { Origin, SessionPrincipal } from "@/lib/access/principal";
import { actorOf, recordAccountAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { cursorTime, keysetPage, type Page } from "@/lib/db/keyset";
import { notFound } from "@/lib/errors";
import { requireRecentAuthentication } from "@/lib/sessions/recent-authentication";
import type { TokenView } from "@/lib/tokens/schema";
import { generateSecret, hashSecret, secretHint } from "@/lib/tokens/secret";
import { statusWhere, type TokenRow, tokenColumns, viewOf } from "@/lib/tokens/view";
import type { RevokedReason } from "@/lib/tokens/vocabulary";
import { type CreatePersonalTokenInput, type PersonalTokenListQuery, personalTokenDefaultDays } from "./schema";

/** A user's own tokens. A session is the proof: no token, of whatever kind, can see, make or revoke them. */

const dayMilliseconds = 24 * 60 * 60 * 1000;
const workingStatuses = ["active", "expiring"] as const;

/**
 * Issues a personal token, which acts with its user's rights of the day. The secret is in the result only. Throws 403 when
 * the user's password was given too long ago: the token may do all that they may.
 */
export async function createPersonalToken(
  session: SessionPrincipal,
  origin: Origin,
  input: CreatePersonalTokenInput,
): Promise<{ token: TokenView; secret: string }> {
  requireRecentAuthentication(session);
  const secret = generateSecret("personal");
  const expiresAt = input.expiresAt
    ? new Date(input.expiresAt)
    : new Date(Date.now() + personalTokenDefaultDays * dayMilliseconds);
  const token = await db.$transaction(async (transaction) => {
    const row = await transaction.token.create({
      data: {
        kind: "personal",
        name: input.name,
        hint: secretHint(secret),
        hash: hashSecret(secret),
        // The session's, not the one in the database now: what a session makes as it is being ended never works.
        sessionVersion: session.sessionVersion,
        signInMethod: session.method,
        scopes: [],
        requestedScopes: [],
        createdById: session.user.id,
        expiresAt,
      },
      select: tokenColumns,
    });
    await recordAccountAudit(transaction, by(session, origin), {
      action: "token.created",
      target: { kind: "token", id: row.id, label: row.hint },
      details: { kind: "personal", name: row.name, expiresAt: expiresAt.toISOString() },
    });
    return viewOf(row);
  });
  return { token, secret };
}

/** One page of the user's own tokens, newest first: working ones, unless the query names statuses. */
export async function listPersonalTokens(
  session: SessionPrincipal,
  query: PersonalTokenListQuery,
): Promise<Page<TokenView>> {
  const now = new Date();
  const statuses = query.status ?? workingStatuses;
  const page = await keysetPage({
    sort: "createdAt",
    order: "desc",
    cursor: query.cursor,
    limit: query.limit,
    nullable: false,
    valueOf: (row: TokenRow) => row.createdAt.toISOString(),
    parse: cursorTime,
    fetch: ({ where, orderBy, take }) =>
      db.token.findMany({
        where: { AND: [ownedBy(session), { OR: statuses.map((status) => statusWhere(status, now)) }, where] },
        orderBy,
        take,
        select: tokenColumns,
      }),
  });
  return { ...page, items: page.items.map((row) => viewOf(row, now)) };
}

/** Whether the user ever had a personal token: an empty list and an empty search are told apart. */
export async function hasPersonalTokens(session: SessionPrincipal): Promise<boolean> {
  return (await db.token.findFirst({ where: ownedBy(session), select: { id: true } })) !== null;
}

/** Revokes one of the user's own tokens; one that is revoked already stays as it is. Throws 404. */
export async function revokePersonalToken(
  session: SessionPrincipal,
  origin: Origin,
  id: string,
  reason: RevokedReason = "other",
): Promise<TokenView> {
  return db.$transaction(async (transaction) => {
    const { count } = await transaction.token.updateMany({
      where: { id, ...ownedBy(session), revokedAt: null },
      data: { revokedAt: new Date(), revokedById: session.user.id, revokedReason: reason },
    });
    const row = await transaction.token.findFirst({ where: { id, ...ownedBy(session) }, select: tokenColumns });
    if (!row) throw notFound("personal token");
    if (count > 0)
      await recordAccountAudit(transaction, by(session, origin), {
        action: "token.revoked",
        target: { kind: "token", id, label: row.hint },
        reason,
        details: { kind: "personal", name: row.name },
      });
    return viewOf(row);
  });
}

/** The fence every query here stands behind. */
function ownedBy(session: SessionPrincipal) {
  return { kind: "personal", createdById: session.user.id } as const;
}

function by(session: SessionPrincipal, origin: Origin) {
  return { userId: session.user.id, actor: actorOf(session), origin };
}
