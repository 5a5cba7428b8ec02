import { routes } from "@/lib/gates/route";
import { listOf, tenantOperation } from "@/lib/operation";
import { createToken } from "@/lib/tokens/create";
import { listTokens, tokenListQuerySchema } from "@/lib/tokens/queries";
import { createdTokenSchema, createTokenSchema, tokenSchema } from "@/lib/tokens/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: tenantOperation({
    summary: "List API tokens",
    description: "Working ones, unless `status` names others.",
    scope: "token:read",
    query: tokenListQuerySchema,
    responses: { 200: { description: "A page of tokens", schema: listOf(tokenSchema) } },
    async handle({ grant, query }) {
      const { items, nextCursor } = await listTokens(grant, query);
      return { status: 200, body: { items, nextCursor } };
    },
  }),
  POST: tenantOperation({
    summary: "Create an API token",
    description: "The only answer that holds the secret. Give a permission set or scopes; wildcards are expanded now.",
    scope: "token:write",
    body: createTokenSchema,
    responses: { 201: { description: "The token and its secret, shown this once", schema: createdTokenSchema } },
    takesIdempotencyKey: true,
    errors: ["forbidden", "reauthentication_required", "conflict"],
    async handle({ grant, body, idempotencyKey }) {
      return { status: 201, body: await createToken(grant, body, idempotencyKey) };
    },
  }),
});
