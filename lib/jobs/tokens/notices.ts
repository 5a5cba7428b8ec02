import { recordAudit, systemOrigin } from "@/lib/audit/events";
import { Prisma } from "@/lib/db/generated/client";
import { queueNotices } from "@/lib/notices/queue";
import type { Notice } from "@/lib/notices/schema";
import { type DueNotice, dueColumns, onceForEach } from "./due-notices";
import { idleSince, working } from "./working";

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** What happened longer ago, while the service was down, is put on record but is no news. */
const newsDays = 7;
const recordedDays = 30;
const idleWarningDays = 7;

/** Gives every notice that time brings about, each once: expiring, expired, idle soon, used from a new network. */
export async function giveDueNotices(now: Date): Promise<void> {
  await onceForEach(expiring(now), (transaction, place, rows) =>
    queueNotices(
      transaction,
      place,
      rows.map((row) => ({
        type: "token.expiring",
        token: tokenOf(row),
        expiresAt: row.at.toISOString(),
        withinDays: Number(row.detail),
      })),
    ),
  );
  await onceForEach(idleSoon(now), (transaction, place, rows) =>
    queueNotices(
      transaction,
      place,
      rows.map((row) => ({
        type: "token.idle_soon",
        token: tokenOf(row),
        idleSince: row.at.toISOString(),
        revocationAt: new Date(row.at.getTime() + Number(row.detail) * dayMilliseconds).toISOString(),
      })),
    ),
  );
  await onceForEach(newNetworks(now), (transaction, place, rows) =>
    queueNotices(
      transaction,
      place,
      rows.map((row) => ({
        type: "token.used_from_new_network",
        token: tokenOf(row),
        network: row.detail,
        firstSeenAt: row.at.toISOString(),
      })),
    ),
  );
  await noteExpired(now);
}

/** Puts on record that tokens have expired, and tells of those that had no successor. */
async function noteExpired(now: Date): Promise<void> {
  const principal = { kind: "system", label: "Token expiry" } as const;
  const origin = systemOrigin("token-notices");
  const newsSince = new Date(now.getTime() - newsDays * dayMilliseconds);
  await onceForEach(expired(now), async (transaction, place, rows) => {
    const news = rows.filter((row) => row.detail === "unreplaced" && row.at > newsSince);
    await queueNotices(
      transaction,
      place,
      news.map((row): Notice => ({ type: "token.expired", token: tokenOf(row), expiredAt: row.at.toISOString() })),
    );
    await recordAudit(
      transaction,
      { organizationId: null, tenantId: null, ...("tenantId" in place ? place : {}), principal, origin },
      rows.map((row) => ({
        action: "token.expired",
        target: { kind: "token", id: row.id, label: row.hint },
        details: { expiresAt: row.at.toISOString() },
      })),
    );
  });
}

function tokenOf({ id, name, hint }: DueNotice) {
  return { id, name, hint };
}

/** 14 days, 3 days and 1 day ahead, unless the token was made when it was that close already. */
function expiring(now: Date): Prisma.Sql {
  return Prisma.sql`
    select ${dueColumns}, 'expiring:' || ahead.days || 'd' as kind, t.expires_at as at, ahead.days::text as detail
    from tokens t, lateral (
      select case when t.expires_at <= ${now}::timestamptz + interval '1 day' then 1
        when t.expires_at <= ${now}::timestamptz + interval '3 days' then 3 else 14 end as days) ahead
    where ${working(now)} and t.superseded_at is null
      and t.expires_at <= ${now}::timestamptz + interval '14 days'
      and t.created_at <= t.expires_at - make_interval(days => ahead.days)`;
}

function expired(now: Date): Prisma.Sql {
  const since = new Date(now.getTime() - recordedDays * dayMilliseconds);
  return Prisma.sql`
    select ${dueColumns}, 'expired' as kind, t.expires_at as at,
      case when t.superseded_at is null then 'unreplaced' else 'replaced' end as detail
    from tokens t where t.revoked_at is null and t.expires_at > ${since} and t.expires_at <= ${now}`;
}

/** A week ahead of the revocation; where the policy's limit is short, half of it ahead. Anew after each use. */
function idleSoon(now: Date): Prisma.Sql {
  return Prisma.sql`
    select ${dueColumns}, 'idle:' || to_char(${idleSince} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') as kind,
      ${idleSince} as at, p.idle_revocation_days::text as detail
    from tokens t join tenants p on p.id = t.tenant_id
    where t.kind = 'api' and ${working(now)}
      and ${idleSince} < ${now}::timestamptz - make_interval(days =>
        p.idle_revocation_days - least(${idleWarningDays}, p.idle_revocation_days / 2))
      and ${idleSince} >= ${now}::timestamptz - make_interval(days => p.idle_revocation_days)
      and (t.expires_at is null or t.expires_at > ${idleSince} + make_interval(days => p.idle_revocation_days))`;
}

/** Not the first network: a token that was never used has to come from somewhere. */
function newNetworks(now: Date): Prisma.Sql {
  const since = new Date(now.getTime() - newsDays * dayMilliseconds);
  return Prisma.sql`
    select ${dueColumns}, 'network:' || n.network as kind, n.first_seen_at as at, n.network as detail
    from token_networks n join tokens t on t.id = n.token_id
    where n.first_seen_at > ${since} and ${working(now)} and exists (
      select 1 from token_networks earlier
      where earlier.token_id = n.token_id and earlier.first_seen_at < n.first_seen_at)`;
}
