import { routes } from "@/lib/gates/route";
import { organizationOperation } from "@/lib/operation";
import { getOrganization, organizationSchema, updateOrganization, updateOrganizationSchema } from "@/lib/organizations";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: organizationOperation({
    summary: "Read an organization",
    scope: "organization:read",
    responses: { 200: { description: "The organization and all its tenants", schema: organizationSchema } },
    async handle({ grant }) {
      return { status: 200, body: await getOrganization(grant) };
    },
  }),
  PATCH: organizationOperation({
    summary: "Change an organization",
    errors: ["reauthentication_required"],
    scope: "organization:write",
    body: updateOrganizationSchema,
    responses: { 200: { description: "The organization as it now is", schema: organizationSchema } },
    async handle({ grant, body }) {
      return { status: 200, body: await updateOrganization(grant, body) };
    },
  }),
});
