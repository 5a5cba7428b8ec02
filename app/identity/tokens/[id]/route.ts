import { routes } from "@/lib/gates/route";
import { tenantOperation } from "@/lib/operation";
import { purgeToken, updateToken } from "@/lib/tokens/change";
import { getToken } from "@/lib/tokens/queries";
import { tokenSchema, updateTokenSchema } from "@/lib/tokens/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: tenantOperation({
    summary: "Read an API token",
    scope: "token:read",
    responses: { 200: { description: "The token", schema: tokenSchema } },
    async handle({ grant, id }) {
      return { status: 200, body: await getToken(grant, id) };
    },
  }),
  PATCH: tenantOperation({
    summary: "Rename, describe or narrow an API token",
    description: "Scopes can only be removed; for more, create a new token.",
    scope: "token:write",
    body: updateTokenSchema,
    responses: { 200: { description: "The token as it now is", schema: tokenSchema } },
    errors: ["conflict"],
    async handle({ grant, id, body }) {
      return { status: 200, body: await updateToken(grant, id, body) };
    },
  }),
  DELETE: tenantOperation({
    summary: "Delete an API token that no longer works",
    description: "Its audit trail stays.",
    scope: "token:write",
    responses: { 204: { description: "It is gone" } },
    errors: ["conflict"],
    async handle({ grant, id }) {
      await purgeToken(grant, id);
      return { status: 204 };
    },
  }),
});
