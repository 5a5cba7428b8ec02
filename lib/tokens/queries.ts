import { z } from "zod";
import type { Grant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { cursorTime, keysetPage, type Page } from "@/lib/db/keyset";
import { notFound } from "@/lib/errors";
import { pageQuery } from "@/lib/operation";
import { type TokenFilter, type TokenView, tokenFilterSchema, tokenSorts, tokenStatuses } from "./schema";
import { statusWhere, tokenColumns, viewOf } from "./view";

const workingStatuses = ["active", "expiring", "superseded"] as const;

const statusList = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(z.enum(tokenStatuses)));

/** The query of `GET /identity/tokens`: the filters, the sort and the page. */
export const tokenListQuerySchema = tokenFilterSchema.extend({
  status: statusList.optional().describe(`Comma-separated: ${tokenStatuses.join(", ")}; the working ones when absent`),
  sort: z.enum(tokenSorts).default("createdAt"),
  order: z.enum(["asc", "desc"]).optional().describe("When absent: names from A, times from the latest"),
  ...pageQuery,
});
export type TokenListQuery = z.infer<typeof tokenListQuerySchema>;

/** One page of the tenant's API tokens: working ones, unless the filter names statuses. */
export async function listTokens(grant: Grant<"token:read">, query: TokenListQuery): Promise<Page<TokenView>> {
  const now = new Date();
  const { sort } = query;
  const page = await keysetPage({
    sort,
    order: query.order ?? (sort === "name" ? "asc" : "desc"),
    cursor: query.cursor,
    limit: query.limit,
    nullable: sort === "expiresAt" || sort === "lastUsedAt",
    valueOf: (row: Prisma.TokenGetPayload<{ select: typeof tokenColumns }>) => sortValue(row[sort]),
    parse: sort === "name" ? (value) => value : cursorTime,
    fetch: ({ where, orderBy, take }) =>
      db.token.findMany({
        where: { AND: [tokenWhere(grant, query, now), where] },
        orderBy,
        take,
        select: tokenColumns,
      }),
  });
  return { ...page, items: page.items.map((row) => viewOf(row, now)) };
}

/** One token of the tenant. Throws 404. */
export async function getToken(grant: Grant<"token:read">, id: string): Promise<TokenView> {
  const row = await db.token.findFirst({ where: { id, ...ofTenant(grant) }, select: tokenColumns });
  if (!row) throw notFound("token");
  return viewOf(row);
}

/** The token a caller presented, as it may see itself. Throws 404 when it was purged meanwhile. */
export async function getPresentedToken(id: string): Promise<TokenView> {
  const row = await db.token.findUnique({ where: { id }, select: tokenColumns });
  if (!row) throw notFound("token");
  return viewOf(row);
}

/** Whether the tenant has any token at all: an empty list and an empty search are told apart. */
export async function hasTokens(grant: Grant<"token:read">): Promise<boolean> {
  return (await db.token.findFirst({ where: ofTenant(grant), select: { id: true } })) !== null;
}

/** The fence every token query stands behind. */
export function ofTenant(grant: Grant<"token:read" | "token:write">) {
  return { kind: "api", organizationId: grant.organizationId, tenantId: grant.tenantId } as const;
}

/** The tenant's tokens that match a filter; working ones, unless it names statuses. */
export function tokenWhere(
  grant: Grant<"token:read" | "token:write">,
  filter: TokenFilter,
  now: Date,
): Prisma.TokenWhereInput {
  const statuses = filter.status ?? workingStatuses;
  const conditions: Prisma.TokenWhereInput[] = [{ OR: statuses.map((status) => statusWhere(status, now)) }];
  if (filter.q) {
    const contains = filter.q.replace(/[\\%_]/g, "\\$&");
    conditions.push({ OR: [{ name: { contains, mode: "insensitive" } }, { hint: { contains } }] });
  }
  if (filter.scope !== undefined) conditions.push({ scopes: { has: filter.scope } });
  if (filter.createdBy !== undefined) conditions.push({ createdById: filter.createdBy });
  if (filter.lastUsedBefore !== undefined)
    conditions.push({ OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: filter.lastUsedBefore } }] });
  if (filter.expiresBefore !== undefined) conditions.push({ expiresAt: { lt: filter.expiresBefore } });
  return { ...ofTenant(grant), AND: conditions };
}

function sortValue(value: string | Date | null): string | null {
  return value instanceof Date ? value.toISOString() : value;
}
