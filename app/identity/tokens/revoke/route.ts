import { routes } from "@/lib/gates/route";
import { tenantOperation } from "@/lib/operation";
import { revokeTokens } from "@/lib/tokens/revoke";
import { revokeResultSchema, revokeTokensSchema } from "@/lib/tokens/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: tenantOperation({
    summary: "Revoke API tokens, one or many",
    description: "At one instant, for good. A dry run says what would happen.",
    scope: "token:write",
    body: revokeTokensSchema,
    responses: { 200: { description: "What became of each", schema: revokeResultSchema } },
    async handle({ grant, body }) {
      return { status: 200, body: await revokeTokens(grant, body) };
    },
  }),
});
