import { routes } from "@/lib/gates/route";
import { serviceUrl } from "@/lib/gates/service-url";
import { tenantOperation } from "@/lib/operation";
import { introspectionRequestSchema, introspectionSchema, introspectToken } from "@/lib/tokens/introspect";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: tenantOperation({
    summary: "Introspect an API token (RFC 7662)",
    description:
      "`active` only for a working API token of the caller's tenant. This is not a use of the token: it leaves no " +
      "trace on it.",
    scope: "token:read",
    body: introspectionRequestSchema,
    bodyType: "form",
    responses: { 200: { description: "What the token is good for", schema: introspectionSchema } },
    async handle({ grant, body }) {
      return { status: 200, body: await introspectToken(grant, body.token, serviceUrl()) };
    },
  }),
});
