import { Prisma } from "@/lib/db/generated/client";
import { overPrivileged, type TokenFence, violatesPolicy } from "./findings";
import type { OrganizationTokenFilter } from "./organization-schema";
import type { TokenFilter } from "./schema";
import { expiringBefore } from "./view";
import { type TokenStatus, workingStatuses } from "./vocabulary";

/**
 * What token `t` meets that stands behind a fence, such as a grant, and matches a filter; working ones, unless it names
 * statuses. Findings are of working ones only. SQL and not Prisma's filters, which can neither compare a token with its
 * tenant's policy, nor look into an array, nor be part of a statement that reads more than one table.
 */
export function tokenConditions(
  { organizationId, tenantId }: TokenFence,
  filter: TokenFilter & Partial<OrganizationTokenFilter>,
  now: Date,
): Prisma.Sql {
  const tenant = tenantId ?? filter.tenant ?? null;
  const conditions = [Prisma.sql`t.kind = 'api' and t.organization_id = ${organizationId}::uuid`];
  const add = (condition: Prisma.Sql) => conditions.push(condition);
  if (tenant !== null) add(Prisma.sql`t.tenant_id = ${tenant}::uuid`);
  const statuses = filter.status ?? workingStatuses;
  add(any(statuses.map((status) => statusCondition(status, now))));
  if (filter.q) {
    const pattern = `%${filter.q.replace(/[\\%_]/g, "\\$&")}%`;
    add(Prisma.sql`(t.name ilike ${pattern} or t.hint like ${pattern})`);
  }
  if (filter.scope !== undefined) add(Prisma.sql`t.scopes @> array[${filter.scope}]::text[]`);
  if (filter.createdBy !== undefined) add(Prisma.sql`t.created_by_id = ${filter.createdBy}::uuid`);
  if (filter.lastUsedBefore !== undefined) add(notUsedSince(filter.lastUsedBefore));
  if (filter.expiresBefore !== undefined) add(Prisma.sql`t.expires_at < ${filter.expiresBefore}::timestamptz`);
  if (filter.unusedSince !== undefined) {
    add(Prisma.sql`t.created_at < ${filter.unusedSince}::timestamptz`);
    add(notUsedSince(filter.unusedSince));
  }
  if (filter.revokedSince !== undefined) add(Prisma.sql`t.revoked_at >= ${filter.revokedSince}::timestamptz`);
  if (filter.neverExpires) add(Prisma.sql`t.expires_at is null`);
  if (filter.violatesPolicy || filter.overPrivileged) add(isWorkingAt(now));
  if (filter.violatesPolicy)
    add(Prisma.sql`exists (select from tenants p where p.id = t.tenant_id and (${violatesPolicy(now)}))`);
  if (filter.overPrivileged) add(Prisma.sql`(${overPrivileged(now)})`);
  return Prisma.join(conditions, " and ");
}

/** The rules of `statusOf`, of token `t`. */
function statusCondition(status: TokenStatus, now: Date): Prisma.Sql {
  const soon = expiringBefore(now);
  switch (status) {
    case "revoked":
      return Prisma.sql`t.revoked_at is not null`;
    case "expired":
      return Prisma.sql`t.revoked_at is null and t.expires_at <= ${now}::timestamptz`;
    case "superseded":
      return Prisma.sql`${isWorkingAt(now)} and t.superseded_at is not null`;
    case "expiring":
      return Prisma.sql`t.revoked_at is null and t.superseded_at is null
        and t.expires_at > ${now}::timestamptz and t.expires_at <= ${soon}::timestamptz`;
    case "active":
      return Prisma.sql`t.revoked_at is null and t.superseded_at is null
        and (t.expires_at is null or t.expires_at > ${soon}::timestamptz)`;
  }
}

function isWorkingAt(now: Date): Prisma.Sql {
  return Prisma.sql`t.revoked_at is null and (t.expires_at is null or t.expires_at > ${now}::timestamptz)`;
}

function notUsedSince(time: string): Prisma.Sql {
  return Prisma.sql`(t.last_used_at is null or t.last_used_at < ${time}::timestamptz)`;
}

function any(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return Prisma.sql`(${Prisma.join(
    conditions.map((condition) => Prisma.sql`(${condition})`),
    " or ",
  )})`;
}
