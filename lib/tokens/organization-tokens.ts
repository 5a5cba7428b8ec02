import type { z } from "zod";
import type { OrganizationGrant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";
import type { Page } from "@/lib/db/keyset";
import { type OrganizationTokenView, organizationTokenFilterSchema } from "./organization-schema";
import { tokenPage } from "./page";
import { tokenListQuerySchema } from "./queries";
import { viewOf } from "./view";

/** The query of `GET /identity/organization/tokens`: that of a tenant's list, and what narrows an organization's. */
export const organizationTokenListQuerySchema = tokenListQuerySchema.extend(
  organizationTokenFilterSchema.pick({ tenant: true, revokedSince: true }).shape,
);
export type OrganizationTokenListQuery = z.infer<typeof organizationTokenListQuerySchema>;

/** One page of the API tokens of all the organization's tenants: working ones, unless the filter names statuses. */
export async function listOrganizationTokens(
  grant: OrganizationGrant<"token:read">,
  query: OrganizationTokenListQuery,
): Promise<Page<OrganizationTokenView>> {
  const now = new Date();
  const page = await tokenPage(grant, query, now);
  return { ...page, items: page.items.map((row) => ({ ...viewOf(row, now), tenant: row.tenant })) };
}

/** Whether the organization has any API token at all: an empty list and an empty search are told apart. */
export async function hasOrganizationTokens(grant: OrganizationGrant<"token:read">): Promise<boolean> {
  const { organizationId } = grant;
  return (await db.token.findFirst({ where: { kind: "api", organizationId }, select: { id: true } })) !== null;
}
