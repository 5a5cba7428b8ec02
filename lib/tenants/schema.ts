import { z } from "zod";
import { pageQuery } from "@/lib/operation";

/** The shapes of tenants on the wire, shared by the pages, their actions and the route handlers. */

export const tenantSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    organization: z.object({ id: z.uuid(), name: z.string() }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Tenant" });
export type TenantView = z.infer<typeof tenantSchema>;

export const listedTenantSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    createdAt: z.iso.datetime(),
    workingTokens: z.number().int().describe("How many API tokens of the tenant are accepted now"),
  })
  .meta({ id: "ListedTenant" });
export type ListedTenant = z.infer<typeof listedTenantSchema>;

/** What `POST /identity/organization/tenants` and `PATCH /identity/tenant` take. */
export const nameTenantSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "Give the tenant a name")
    .max(80, "Use at most 80 characters")
    .regex(/^[^\p{Cc}]*$/u, "Use no control characters")
    .describe("No two tenants of an organization have the same"),
});
export type NameTenantInput = z.infer<typeof nameTenantSchema>;

/** The query of `GET /identity/organization/tenants`. */
export const tenantListQuerySchema = z.strictObject(pageQuery);
export type TenantListQuery = z.infer<typeof tenantListQuerySchema>;
