import { createPersonalToken, listPersonalTokens } from "@/lib/account/personal-tokens";
import { createPersonalTokenSchema, personalTokenListQuerySchema } from "@/lib/account/schema";
import { routes } from "@/lib/gates/route";
import { sessionRequired } from "@/lib/gates/session-required";
import { callerOperation, listOf } from "@/lib/operation";
import { createdTokenSchema, tokenSchema } from "@/lib/tokens/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: callerOperation({
    summary: "List one's own personal tokens",
    description: "Working ones, unless `status` names others.",
    principals: ["session"],
    query: personalTokenListQuerySchema,
    responses: { 200: { description: "A page of tokens", schema: listOf(tokenSchema) } },
    refuse: sessionRequired,
    async handle({ principal, query }) {
      const { items, nextCursor } = await listPersonalTokens(principal, query);
      return { status: 200, body: { items, nextCursor } };
    },
  }),
  POST: callerOperation({
    summary: "Create a personal token",
    description:
      "The only answer that holds the secret. The token acts with its user's rights of the day, in the organization " +
      "that each call names; it ends with the user's account and with a change of their password.",
    principals: ["session"],
    body: createPersonalTokenSchema,
    responses: { 201: { description: "The token and its secret, shown this once", schema: createdTokenSchema } },
    errors: ["reauthentication_required"],
    refuse: sessionRequired,
    async handle({ principal, origin, body }) {
      return { status: 201, body: await createPersonalToken(principal, origin, body) };
    },
  }),
});
