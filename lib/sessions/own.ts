import type { Origin, SessionPrincipal } from "@/lib/access/principal";
import { actorOf, recordAccountAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import type { Prisma, Session } from "@/lib/db/generated/client";
import { cursorTime, keysetPage, type Page } from "@/lib/db/keyset";
import { env } from "@/lib/env";
import { notFound, Problem } from "@/lib/errors";
import { lifetimeSeconds } from "./lifetime";
import type { SessionListQuery, SessionView } from "./schema";
import { describeUserAgent } from "./user-agent";

/** A user's own sessions. A session is the proof: no token can see or end them. */

/** One page of the sessions that work, newest first. */
export async function listSessions(principal: SessionPrincipal, query: SessionListQuery): Promise<Page<SessionView>> {
  const page = await keysetPage({
    sort: "createdAt",
    order: "desc",
    cursor: query.cursor,
    limit: query.limit,
    nullable: false,
    valueOf: (row: SessionRow) => row.createdAt.toISOString(),
    parse: cursorTime,
    fetch: ({ where, orderBy, take }) =>
      db.session.findMany({ where: { AND: [liveOf(principal), where] }, orderBy, take, select: columns }),
  });
  return { ...page, items: page.items.map((row) => viewOf(row, principal)) };
}

/** Ends one of the user's sessions, from the moment this commits; also the one that asks. Throws 404. */
export async function revokeSession(principal: SessionPrincipal, origin: Origin, id: string): Promise<void> {
  await db.$transaction(async (transaction) => {
    await holdOwnSession(transaction, principal);
    const [ended] = await transaction.session.updateManyAndReturn({
      where: { id, ...liveOf(principal) },
      data: { endedAt: new Date(), endReason: "revoked" },
      select: columns,
    });
    if (!ended) throw notFound("session");
    await recordAccountAudit(transaction, by(principal, origin), {
      action: "session.ended",
      target: { kind: "session", id, label: labelOf(ended) },
      reason: "revoked",
    });
  });
}

/** Ends every session of the user's but the one that asks, and says how many. Of two that ask at once, one remains. */
export async function revokeOtherSessions(principal: SessionPrincipal, origin: Origin): Promise<{ revoked: number }> {
  return db.$transaction(async (transaction) => {
    await holdOwnSession(transaction, principal);
    const { count } = await transaction.session.updateMany({
      where: { ...liveOf(principal), NOT: { id: principal.sessionId } },
      data: { endedAt: new Date(), endReason: "revoked" },
    });
    if (count > 0)
      await recordAccountAudit(transaction, by(principal, origin), {
        action: "session.ended",
        reason: "revoked",
        details: { sessions: count, except: principal.sessionId },
      });
    return { revoked: count };
  });
}

/** Ends the session that asks: its user signs out. One that has ended already stays as it is. */
export async function endOwnSession(principal: SessionPrincipal, origin: Origin): Promise<void> {
  await db.$transaction(async (transaction) => {
    const [ended] = await transaction.session.updateManyAndReturn({
      where: { id: principal.sessionId, userId: principal.user.id, endedAt: null },
      data: { endedAt: new Date(), endReason: "signed_out" },
      select: columns,
    });
    if (ended)
      await recordAccountAudit(transaction, by(principal, origin), {
        action: "session.ended",
        target: { kind: "session", id: ended.id, label: labelOf(ended) },
        reason: "signed_out",
      });
  });
}

/**
 * Makes what a user does to their sessions happen one after the other. Throws 401 when the session that asks was ended
 * meanwhile: it ends no other any more.
 */
export async function holdOwnSession(transaction: Prisma.TransactionClient, principal: SessionPrincipal) {
  await transaction.$queryRaw`select 1 from users where id = ${principal.user.id}::uuid for no key update`;
  const own = await transaction.session.findFirst({
    where: { ...unendedOf(principal), id: principal.sessionId },
    select: { id: true },
  });
  if (!own)
    throw new Problem({ code: "unauthorized", credentialSent: false }, "Your session has ended. Sign in again.");
}

const columns = {
  id: true,
  method: true,
  userAgent: true,
  address: true,
  createdAt: true,
  lastSeenAt: true,
} as const;
type SessionRow = Pick<Session, keyof typeof columns>;

/** The fence every query here stands behind: the user's own sessions. */
function unendedOf({ user, sessionVersion }: SessionPrincipal) {
  return { userId: user.id, sessionVersion, endedAt: null };
}

const signInMethods = ["password", "sso"] as const;

/** Those that work: not idle for too long, nor too old. */
function liveOf(principal: SessionPrincipal, now = Date.now()) {
  return {
    ...unendedOf(principal),
    lastSeenAt: { gt: new Date(now - env.SESSION_IDLE_SECONDS * 1000) },
    OR: signInMethods.map((method) => ({
      method,
      createdAt: { gt: new Date(now - lifetimeSeconds(method) * 1000) },
    })),
  };
}

function viewOf(
  { id, method, userAgent, address, createdAt, lastSeenAt }: SessionRow,
  principal: SessionPrincipal,
): SessionView {
  const idleEnd = lastSeenAt.getTime() + env.SESSION_IDLE_SECONDS * 1000;
  const lifetimeEnd = createdAt.getTime() + lifetimeSeconds(method) * 1000;
  return {
    id,
    current: id === principal.sessionId,
    method,
    ...describeUserAgent(userAgent),
    userAgent,
    address,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: new Date(Math.min(idleEnd, lifetimeEnd)).toISOString(),
  };
}

function labelOf({ userAgent }: SessionRow): string {
  const { browser, system } = describeUserAgent(userAgent);
  return [browser ?? "Unknown browser", ...(system === null ? [] : [system])].join(" on ");
}

function by(principal: SessionPrincipal, origin: Origin) {
  return { userId: principal.user.id, actor: actorOf(principal), origin };
}
