import { routes } from "@/lib/gates/route";
import { tenantOperation } from "@/lib/operation";
import { shortenResultSchema, shortenTokensSchema } from "@/lib/tokens/schema";
import { shortenTokens } from "@/lib/tokens/shorten";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: tenantOperation({
    summary: "Bring forward the expiry of API tokens, one or many",
    description:
      "A token that ends earlier anyway is left as it is; none ever lives longer. A dry run says what would happen.",
    scope: "token:write",
    body: shortenTokensSchema,
    responses: { 200: { description: "What became of each", schema: shortenResultSchema } },
    async handle({ grant, body }) {
      return { status: 200, body: await shortenTokens(grant, body) };
    },
  }),
});
