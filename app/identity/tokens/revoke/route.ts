import { routes, tenantRoute } from "@/lib/gates/route";
import { revokeTokens } from "@/lib/tokens/revoke";
import { revokeTokensSchema } from "@/lib/tokens/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: tenantRoute({ scope: "token:write", body: revokeTokensSchema }, async ({ grant, body }) => ({
    status: 200,
    body: await revokeTokens(grant, body),
  })),
});
