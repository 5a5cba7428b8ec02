import { routes } from "@/lib/gates/route";
import { tenantOperation } from "@/lib/operation";
import { identifyToken, identifyTokenSchema } from "@/lib/tokens/identify";
import { tokenSchema } from "@/lib/tokens/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: tenantOperation({
    summary: "Identify the token of a secret that was found",
    description:
      "For a secret that turned up where it should not be: says which token of the tenant it is, working or not, so " +
      "that it can be revoked. A session also finds the user's own personal tokens. The secret is not kept; that it was " +
      "asked about goes on record. An unknown secret counts as a failed authentication of the address.",
    scope: "token:read",
    body: identifyTokenSchema,
    responses: { 200: { description: "The token", schema: tokenSchema } },
    async handle({ grant, body }) {
      return { status: 200, body: await identifyToken(grant, body.secret) };
    },
  }),
});
