import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { cursorTime, type KeysetPlace, keysetPage, type Order, type Page } from "@/lib/db/keyset";
import { tokenConditions } from "./conditions";
import type { TokenFence } from "./findings";
import type { OrganizationTokenListQuery } from "./organization-tokens";
import type { TokenRow } from "./view";
import { isWorking, type TokenSort, workingStatuses } from "./vocabulary";

/** A token of a list, with the tenant it is in. */
export interface ListedToken extends TokenRow {
  tenant: { id: string; name: string };
}

/**
 * One page of the tokens behind a fence that match a query. Each fetch is one statement; where the values of the sort
 * column end and the empty ones begin, a page takes two.
 */
export function tokenPage(fence: TokenFence, query: OrganizationTokenListQuery, now: Date): Promise<Page<ListedToken>> {
  const { sort, order, cursor, limit, status } = query;
  const conditions = tokenConditions(fence, query, now);
  return keysetPage({
    sort,
    order: order ?? (sort === "name" ? "asc" : "desc"),
    cursor,
    limit,
    nullable: sort === "lastUsedAt" || (sort === "expiresAt" && status?.join() !== "expired"),
    above: sort === "expiresAt" && (status ?? workingStatuses).every(isWorking) ? now : undefined,
    valueOf: (row: ListedToken) => sortValue(row[sort]),
    parse: sort === "name" ? (value) => value : cursorTime,
    fetch: ({ place, direction, take }) => fetchTokens(conditions, sort, place, direction, take),
  });
}

/** What a row of the statement holds otherwise than `ListedToken`: columns of other tables are flat in it. */
interface FlatRow extends Omit<ListedToken, "createdBy" | "revokedBy" | "replacedBy" | "tenant"> {
  createdById: string;
  createdByName: string;
  createdByDisabledAt: Date | null;
  revokedById: string | null;
  revokedByName: string | null;
  replacedById: string | null;
  tenantId: string;
  tenantName: string;
}

const sortColumns: Record<TokenSort, Prisma.Sql> = {
  name: Prisma.sql`t.name`,
  createdAt: Prisma.sql`t.created_at`,
  expiresAt: Prisma.sql`t.expires_at`,
  lastUsedAt: Prisma.sql`t.last_used_at`,
};

/**
 * What belongs to a token is looked up after the page's tokens were found: as joins beside the filter and the limit, as
 * Prisma's `relationJoins` writes them, it would be looked up for every token that has to be sorted.
 */
async function fetchTokens(
  conditions: Prisma.Sql,
  sort: TokenSort,
  place: KeysetPlace,
  direction: Order,
  take: number,
): Promise<ListedToken[]> {
  const column = sortColumns[sort];
  const order = direction === "asc" ? Prisma.sql`asc` : Prisma.sql`desc`;
  const rows = await db.$queryRaw<FlatRow[]>`
    select t.id, t.kind, t.name, t.description, t.hint, t.permission_set as "permissionSet", t.scopes,
      t.requested_scopes as "requestedScopes", t.resources, t.allowed_cidrs as "allowedCidrs",
      t.created_at as "createdAt", t.expires_at as "expiresAt", t.first_used_at as "firstUsedAt",
      t.last_used_at as "lastUsedAt", t.last_used_ip as "lastUsedIp", t.last_used_agent as "lastUsedAgent",
      t.superseded_at as "supersededAt", t.revoked_at as "revokedAt", t.revoked_reason as "revokedReason",
      t.revoked_note as "revokedNote", t.rotated_from_id as "rotatedFromId",
      t.created_by_id as "createdById", creator.name as "createdByName", creator.disabled_at as "createdByDisabledAt",
      t.revoked_by_id as "revokedById", revoker.name as "revokedByName",
      (select successor.id from tokens successor where successor.rotated_from_id = t.id) as "replacedById",
      t.tenant_id as "tenantId", tenant.name as "tenantName"
    from (
      select t.* from tokens t where ${conditions} and ${placeCondition(column, place, direction)}
      order by ${column} ${order}, t.id ${order} limit ${take}
    ) t
    join users creator on creator.id = t.created_by_id
    join tenants tenant on tenant.id = t.tenant_id
    left join users revoker on revoker.id = t.revoked_by_id
    order by ${column} ${order}, t.id ${order}`;
  return rows.map(listedToken);
}

/** A condition of its own that enters the index where the page begins; a row comparison reads nothing before it. */
function placeCondition(column: Prisma.Sql, { empty, after, above }: KeysetPlace, direction: Order): Prisma.Sql {
  const beyond = direction === "asc" ? Prisma.sql`>` : Prisma.sql`<`;
  if (empty)
    return after === null
      ? Prisma.sql`${column} is null`
      : Prisma.sql`${column} is null and t.id ${beyond} ${after.id}::uuid`;
  const bound = above === undefined ? Prisma.empty : Prisma.sql`and ${column} > ${above}::timestamptz`;
  if (after === null) return Prisma.sql`${column} is not null ${bound}`;
  const value = after.value instanceof Date ? Prisma.sql`${after.value}::timestamptz` : Prisma.sql`${after.value}`;
  return Prisma.sql`(${column}, t.id) ${beyond} (${value}, ${after.id}::uuid) ${bound}`;
}

function listedToken(row: FlatRow): ListedToken {
  const { createdById, createdByName, createdByDisabledAt, revokedById, revokedByName, ...rest } = row;
  const { replacedById, tenantId, tenantName, ...token } = rest;
  return {
    ...token,
    createdBy: { id: createdById, name: createdByName, disabledAt: createdByDisabledAt },
    revokedBy: revokedById === null || revokedByName === null ? null : { id: revokedById, name: revokedByName },
    replacedBy: replacedById === null ? null : { id: replacedById },
    tenant: { id: tenantId, name: tenantName },
  };
}

function sortValue(value: string | Date | null): string | null {
  return value instanceof Date ? value.toISOString() : value;
}
