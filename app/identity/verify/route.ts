import { effectiveScopes } from "@/lib/access/decide";
import { Problem } from "@/lib/errors";
import { requirePlace } from "@/lib/gates/authorize";
import { organizationHeader, tenantHeader } from "@/lib/gates/context";
import { gatewayPart, verifyQuerySchema } from "@/lib/gates/gateway";
import { routes } from "@/lib/gates/route";
import { callerOperation } from "@/lib/operation";

const verify = callerOperation({
  summary: "Verify the bearer token of a gateway's client",
  description:
    "For nginx, Caddy, Traefik and Envoy; see docs/gateways. Any method, and no body is read: only the Authorization " +
    "and the context headers count, and a session cookie never does.",
  principals: ["apiToken", "personalToken"],
  inTenant: true,
  gateway: gatewayPart,
  query: verifyQuerySchema,
  responses: { 200: { description: "Allowed; x-ne-org-id, x-ne-tenant-id, x-token-id and x-token-scopes say whom" } },
  errors: ["insufficient_scope"],
  refuse: () => new Problem({ code: "unauthorized", credentialSent: false }, "Send an API token or personal token"),
  async handle({ principal, query, context, authorize }) {
    const { organizationId, tenantId } = requirePlace(principal, await context());
    const held = effectiveScopes(principal, organizationId, tenantId);
    // Where no scope is wanted, the decision is asked about one that is held: it looks at more than scopes.
    for (const scope of query.scope ?? held.slice(0, 1)) await authorize(scope);
    return {
      status: 200,
      headers: {
        [organizationHeader]: organizationId,
        [tenantHeader]: tenantId,
        "x-token-id": principal.token.id,
        "x-token-scopes": held.join(" "),
      },
    };
  },
});

const handlers = routes({ GET: verify, POST: verify, PUT: verify, PATCH: verify, DELETE: verify });

export const { GET, POST, PUT, PATCH, DELETE } = handlers;
// Next would answer OPTIONS itself with a 204, which a gateway could take for a yes.
export const OPTIONS = handlers.GET;
