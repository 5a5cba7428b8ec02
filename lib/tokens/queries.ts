import { z } from "zod";
import type { Grant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";
import type { Page } from "@/lib/db/keyset";
import { notFound } from "@/lib/errors";
import { pageQuery } from "@/lib/operation";
import type { TokenFence } from "./findings";
import { tokenPage } from "./page";
import { type TokenView, tokenFilterSchema } from "./schema";
import { statusWhere, tokenColumns, viewOf } from "./view";
import { tokenSorts, tokenStatuses } from "./vocabulary";

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
  const page = await tokenPage(grant, query, now);
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

/** How many of the tenant's tokens expire soon and have no successor, counted up to `most`. */
export async function countExpiring(grant: Grant<"token:read">, most: number): Promise<number> {
  return db.token.count({ where: { ...ofTenant(grant), ...statusWhere("expiring", new Date()) }, take: most });
}

/** The fence every token query stands behind. */
export function ofTenant(grant: Grant<"token:read" | "token:write">) {
  return { kind: "api", organizationId: grant.organizationId, tenantId: grant.tenantId } as const;
}

/** Every API token within a fence. */
export function withinFence({ organizationId, tenantId }: TokenFence) {
  return { kind: "api", organizationId, ...(tenantId === null ? {} : { tenantId }) } as const;
}
