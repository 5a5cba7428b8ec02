import { routes } from "@/lib/gates/route";
import { tenantOperation } from "@/lib/operation";
import { tokenUsage } from "@/lib/tokens/usage";
import { tokenUsageQuerySchema, tokenUsageSchema } from "@/lib/tokens/usage-schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: tenantOperation({
    summary: "Read how an API token is used",
    description: "Calls by day and outcome, the last use of each scope, and the scopes it could do without.",
    scope: "token:read",
    query: tokenUsageQuerySchema,
    responses: { 200: { description: "The token's use", schema: tokenUsageSchema } },
    async handle({ grant, id, query }) {
      return { status: 200, body: await tokenUsage(grant, id, query.days) };
    },
  }),
});
