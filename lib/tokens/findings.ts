import { allScopes } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { TokenPolicy } from "@/lib/policy/schema";
import { adviceWindowDays } from "./vocabulary";

/** What is found about a token by looking at more than its row. */
export type Finding = "violatesPolicy" | "overPrivileged";

/** The most tokens that are found at once. */
export const maxFoundTokens = 10_000;

/** Where to look: in one tenant or, with null, in every tenant of the organization. */
export interface TokenFence {
  organizationId: string;
  tenantId: string | null;
}

/**
 * The ids of the working API tokens with a finding, in id order, the first `maxFoundTokens`. Raw SQL, because Prisma's
 * filters can neither compare a token with its tenant's columns, nor addresses by network, nor look into an array.
 */
export function idsWithFinding(fence: TokenFence, finding: Finding, now: Date): Promise<string[]> {
  return idsWhere(fence, now, finding === "violatesPolicy" ? violatesPolicy(now) : overPrivileged(now));
}

/** The ids of the tenant's working API tokens that a policy other than its own would not let be issued. */
export function idsViolating(
  fence: { organizationId: string; tenantId: string },
  policy: TokenPolicy,
  now: Date,
): Promise<string[]> {
  const proposed = Prisma.sql`(select
    ${fence.tenantId}::uuid as id,
    ${policy.maxLifetimeDays}::int as max_lifetime_days,
    ${policy.neverExpiresAllowed}::boolean as never_expires_allowed,
    ${policy.idleRevocationDays}::int as idle_revocation_days,
    ${policy.requiredCidrs}::text[] as required_cidrs,
    ${policy.fullAccessAllowed}::boolean as full_access_allowed)`;
  return idsWhere(fence, now, violatesPolicy(now), proposed);
}

async function idsWhere(
  fence: TokenFence,
  now: Date,
  condition: Prisma.Sql,
  policies: Prisma.Sql = Prisma.sql`tenants`,
): Promise<string[]> {
  const tenant = fence.tenantId === null ? Prisma.empty : Prisma.sql`and t.tenant_id = ${fence.tenantId}::uuid`;
  const rows = await db.$queryRaw<{ id: string }[]>`
    select t.id from tokens t join ${policies} p on p.id = t.tenant_id
    where t.kind = 'api' and t.organization_id = ${fence.organizationId}::uuid ${tenant}
      and t.revoked_at is null and (t.expires_at is null or t.expires_at > ${now}::timestamptz)
      and (${condition})
    order by t.id limit ${maxFoundTokens}`;
  return rows.map(({ id }) => id);
}

// The same rules as `policyViolations` of lib/policy; a test holds the two together. Days are counted as 24 hours: an
// interval of days would be longer or shorter where clocks change.

/** Whether the policy `p` of token `t` would not let it be issued; null for no, too. */
export function violatesPolicy(now: Date): Prisma.Sql {
  return Prisma.sql`
    (t.expires_at is null and (not p.never_expires_allowed or p.max_lifetime_days is not null))
    or t.expires_at > t.created_at + p.max_lifetime_days * interval '24 hours'
    or (not p.full_access_allowed and t.scopes @> ${[...allScopes]}::text[])
    or (cardinality(p.required_cidrs) > 0 and (cardinality(t.allowed_cidrs) = 0 or exists (
      select from unnest(t.allowed_cidrs) as allowed
      where not exists (select from unnest(p.required_cidrs) as required where allowed::inet <<= required::inet))))
    or coalesce(t.last_used_at, t.created_at) < ${now}::timestamptz - p.idle_revocation_days * interval '24 hours'`;
}

/** Whether token `t` has long held a scope that it has not used of late. */
export function overPrivileged(now: Date): Prisma.Sql {
  const windowStart = new Date(now.getTime() - adviceWindowDays * 24 * 60 * 60 * 1000);
  return Prisma.sql`
    t.created_at < ${windowStart}::timestamptz and exists (
      select from unnest(t.scopes) as held
      where not exists (
        select from token_scope_uses u
        where u.token_id = t.id and u.scope = held and u.last_used_at >= ${windowStart}::timestamptz))`;
}
