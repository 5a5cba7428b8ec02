import { routes, tenantRoute } from "@/lib/gates/route";
import { createToken } from "@/lib/tokens/create";
import { listTokens, tokenListQuerySchema } from "@/lib/tokens/queries";
import { createTokenSchema } from "@/lib/tokens/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: tenantRoute({ scope: "token:read", query: tokenListQuerySchema }, async ({ grant, query }) => {
    const { items, nextCursor } = await listTokens(grant, query);
    return { status: 200, body: { items, nextCursor } };
  }),
  POST: tenantRoute({ scope: "token:write", body: createTokenSchema }, async ({ grant, body }) => ({
    status: 201,
    body: await createToken(grant, body),
  })),
});
