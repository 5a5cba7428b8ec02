import type { OrganizationGrant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";
import { overPrivileged, violatesPolicy } from "./findings";
import {
  idleDays,
  maxCountedTokens,
  recentlyRevokedDays,
  type TokenCounts,
  type TokenRollUp,
  tokenCounts,
} from "./organization-schema";
import { expiringBefore } from "./view";

const dayMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Counts the API tokens of the whole organization, in all and per tenant, in one pass over them. Counts no more than
 * `maxCountedTokens`, so that its cost has an end; the answer says when there are more.
 */
export async function rollUpTokens(
  grant: OrganizationGrant<"token:read">,
  now: Date = new Date(),
): Promise<TokenRollUp> {
  const { organizationId } = grant;
  const tenants = await db.tenant.findMany({
    where: { organizationId },
    orderBy: { name: "asc" },
    select: { id: true, name: true },
  });
  const counted = await countByTenant(
    organizationId,
    tenants.map(({ id }) => id),
    now,
  );
  const byTenant = new Map(counted.map(({ tenantId, ...counts }) => [tenantId, counts]));
  const total = counted.reduce(sum, nothing);
  return {
    total,
    tenants: tenants.map((tenant) => ({ ...tenant, counts: byTenant.get(tenant.id) ?? nothing })),
    complete: total.working + total.recentlyRevoked <= maxCountedTokens,
  };
}

/**
 * Says what the filters of the list say, as one statement; a test holds the two together. Tenants are named one by one
 * because they are what tokens are indexed by.
 */
function countByTenant(
  organizationId: string,
  tenantIds: readonly string[],
  now: Date,
): Promise<(TokenCounts & { tenantId: string })[]> {
  const idleSince = daysBefore(now, idleDays);
  return db.$queryRaw`
    select t.tenant_id as "tenantId",
      count(*) filter (where t.revoked_at is null)::int as "working",
      count(*) filter (where t.revoked_at is null and t.superseded_at is null
        and t.expires_at <= ${expiringBefore(now)}::timestamptz)::int as "expiring",
      count(*) filter (where t.revoked_at is null and t.expires_at is null)::int as "neverExpires",
      count(*) filter (where t.revoked_at is null and t.created_at < ${idleSince}::timestamptz
        and (t.last_used_at is null or t.last_used_at < ${idleSince}::timestamptz))::int as "idle",
      count(*) filter (where t.revoked_at is null and (${overPrivileged(now)}))::int as "overPrivileged",
      count(*) filter (where t.revoked_at is null and (${violatesPolicy(now)}))::int as "violatesPolicy",
      count(*) filter (where t.revoked_at is not null)::int as "recentlyRevoked"
    from (
      select * from tokens
      where kind = 'api' and organization_id = ${organizationId}::uuid and tenant_id = any(${tenantIds}::uuid[])
        and (revoked_at >= ${daysBefore(now, recentlyRevokedDays)}::timestamptz
          or revoked_at is null and (expires_at is null or expires_at > ${now}::timestamptz))
      limit ${maxCountedTokens + 1}
    ) t join tenants p on p.id = t.tenant_id
    group by t.tenant_id`;
}

const nothing: TokenCounts = {
  working: 0,
  expiring: 0,
  neverExpires: 0,
  idle: 0,
  overPrivileged: 0,
  violatesPolicy: 0,
  recentlyRevoked: 0,
};

function sum(left: TokenCounts, right: TokenCounts): TokenCounts {
  const both = { ...nothing };
  for (const count of tokenCounts) both[count] = left[count] + right[count];
  return both;
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * dayMilliseconds);
}
