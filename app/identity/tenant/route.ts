import { routes } from "@/lib/gates/route";
import { tenantOperation } from "@/lib/operation";
import { nameTenantSchema, tenantSchema } from "@/lib/tenants/schema";
import { getTenant, renameTenant } from "@/lib/tenants/tenant";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: tenantOperation({
    summary: "Read the tenant",
    scope: "tenant:read",
    responses: { 200: { description: "The tenant and its organization", schema: tenantSchema } },
    async handle({ grant }) {
      return { status: 200, body: await getTenant(grant) };
    },
  }),
  PATCH: tenantOperation({
    summary: "Rename the tenant",
    description: "Its id stays, so nothing that names the tenant by its id has to change.",
    scope: "tenant:write",
    body: nameTenantSchema,
    responses: { 200: { description: "The tenant as it now is", schema: tenantSchema } },
    errors: ["conflict"],
    async handle({ grant, body }) {
      return { status: 200, body: await renameTenant(grant, body) };
    },
  }),
});
