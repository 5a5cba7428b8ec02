import { routes } from "@/lib/gates/route";
import { listOf, organizationOperation } from "@/lib/operation";
import { createTenant, listTenants } from "@/lib/tenants/organization-tenants";
import { listedTenantSchema, nameTenantSchema, tenantListQuerySchema } from "@/lib/tenants/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: organizationOperation({
    summary: "List an organization's tenants",
    description: "By name, each with the number of API tokens that work.",
    scope: "organization:read",
    query: tenantListQuerySchema,
    responses: { 200: { description: "One page of tenants", schema: listOf(listedTenantSchema) } },
    async handle({ grant, query }) {
      const { items, nextCursor } = await listTenants(grant, query);
      return { status: 200, body: { items, nextCursor } };
    },
  }),
  POST: organizationOperation({
    summary: "Create a tenant",
    description: "Members whose role is in the whole organization have it in the new tenant, too.",
    scope: "organization:write",
    body: nameTenantSchema,
    responses: { 201: { description: "The new tenant", schema: listedTenantSchema } },
    errors: ["conflict"],
    async handle({ grant, body }) {
      return { status: 201, body: await createTenant(grant, body) };
    },
  }),
});
