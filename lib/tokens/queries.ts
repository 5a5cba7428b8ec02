import { z } from "zod";
import type { Grant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { cursorTime, keysetPage, type Page } from "@/lib/db/keyset";
import { notFound } from "@/lib/errors";
import { pageQuery } from "@/lib/operation";
import { idsWithFinding, type TokenFence } from "./findings";
import type { OrganizationTokenFilter } from "./organization-schema";
import { type TokenFilter, type TokenView, tokenFilterSchema } from "./schema";
import { statusWhere, type TokenRow, tokenColumns, viewOf } from "./view";
import { type TokenStatus, tokenSorts, tokenStatuses } from "./vocabulary";

const workingStatuses = ["active", "expiring", "superseded"] as const;

const statusList = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(z.enum(tokenStatuses)));

// A query holds text.
const flag = (name: "neverExpires" | "violatesPolicy" | "overPrivileged") =>
  z
    .literal("true", { error: "Give true, or leave it out" })
    .transform(() => true as const)
    .optional()
    .describe(tokenFilterSchema.shape[name].description ?? "");

/** The query of `GET /identity/tokens`: the filters, the sort and the page. */
export const tokenListQuerySchema = tokenFilterSchema.extend({
  status: statusList.optional().describe(`Comma-separated: ${tokenStatuses.join(", ")}; the working ones when absent`),
  neverExpires: flag("neverExpires"),
  violatesPolicy: flag("violatesPolicy"),
  overPrivileged: flag("overPrivileged"),
  sort: z.enum(tokenSorts).default("createdAt"),
  order: z.enum(["asc", "desc"]).optional().describe("When absent: names from A, times from the latest"),
  ...pageQuery,
});
export type TokenListQuery = z.infer<typeof tokenListQuerySchema>;

/** One page of the tenant's API tokens: working ones, unless the filter names statuses. */
export async function listTokens(grant: Grant<"token:read">, query: TokenListQuery): Promise<Page<TokenView>> {
  const now = new Date();
  const filtered = await tokenWhere(grant, query, now);
  const page = await tokenPage(query, now, ({ where, orderBy, take }) =>
    db.token.findMany({ where: { AND: [filtered, where] }, orderBy, take, select: tokenColumns }),
  );
  return { ...page, items: page.items.map((row) => viewOf(row, now)) };
}

/** One page of the tokens that `fetch` reads: of the query's statuses now, sorted as it says. */
export function tokenPage<Row extends TokenRow>(
  { sort, order, cursor, limit, status }: Pick<TokenListQuery, "sort" | "order" | "cursor" | "limit" | "status">,
  now: Date,
  fetch: (keyset: { where: object; orderBy: object[]; take: number }) => Promise<Row[]>,
): Promise<Page<Row>> {
  return keysetPage({
    sort,
    order: order ?? (sort === "name" ? "asc" : "desc"),
    cursor,
    limit,
    nullable: sort === "lastUsedAt" || (sort === "expiresAt" && status?.join() !== "expired"),
    above: sort === "expiresAt" && (status ?? workingStatuses).every(isWorking) ? now : undefined,
    valueOf: (row: Row) => sortValue(row[sort]),
    parse: sort === "name" ? (value) => value : cursorTime,
    fetch,
  });
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

/** How many of the tenant's tokens expire soon and have no successor, counted up to `most`. */
export async function countExpiring(grant: Grant<"token:read">, most: number): Promise<number> {
  return db.token.count({ where: { ...ofTenant(grant), ...statusWhere("expiring", new Date()) }, take: most });
}

function isWorking(status: TokenStatus): boolean {
  return workingStatuses.some((working) => working === status);
}

/** The fence every token query stands behind. */
export function ofTenant(grant: Grant<"token:read" | "token:write">) {
  return { kind: "api", organizationId: grant.organizationId, tenantId: grant.tenantId } as const;
}

/**
 * The tokens within a fence, such as a grant, that match a filter; working ones, unless it names statuses. Findings are
 * of working ones only.
 */
export async function tokenWhere(
  { organizationId, tenantId }: TokenFence,
  filter: TokenFilter & Partial<OrganizationTokenFilter>,
  now: Date,
): Promise<Prisma.TokenWhereInput> {
  const fence = { organizationId, tenantId: tenantId ?? filter.tenant ?? null };
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
  if (filter.unusedSince !== undefined)
    conditions.push({
      createdAt: { lt: filter.unusedSince },
      OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: filter.unusedSince } }],
    });
  if (filter.revokedSince !== undefined) conditions.push({ revokedAt: { gte: filter.revokedSince } });
  if (filter.neverExpires) conditions.push({ expiresAt: null });
  if (filter.violatesPolicy) conditions.push({ id: { in: await idsWithFinding(fence, "violatesPolicy", now) } });
  if (filter.overPrivileged) conditions.push({ id: { in: await idsWithFinding(fence, "overPrivileged", now) } });
  return { ...withinFence(fence), AND: conditions };
}

/** Every API token within a fence. */
export function withinFence({ organizationId, tenantId }: TokenFence) {
  return { kind: "api", organizationId, ...(tenantId === null ? {} : { tenantId }) } as const;
}

function sortValue(value: string | Date | null): string | null {
  return value instanceof Date ? value.toISOString() : value;
}
