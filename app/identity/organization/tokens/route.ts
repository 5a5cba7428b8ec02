import { routes } from "@/lib/gates/route";
import { listOf, organizationOperation } from "@/lib/operation";
import { organizationTokenSchema } from "@/lib/tokens/organization-schema";
import { listOrganizationTokens, organizationTokenListQuerySchema } from "@/lib/tokens/organization-tokens";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: organizationOperation({
    summary: "List the API tokens of an organization",
    description:
      "Across all tenants; working ones, unless `status` names others. Takes a role in the whole organization, so no " +
      "API token can call it.",
    scope: "token:read",
    query: organizationTokenListQuerySchema,
    responses: { 200: { description: "A page of tokens", schema: listOf(organizationTokenSchema) } },
    async handle({ grant, query }) {
      const { items, nextCursor } = await listOrganizationTokens(grant, query);
      return { status: 200, body: { items, nextCursor } };
    },
  }),
});
