import { routes, tenantRoute } from "@/lib/gates/route";
import { purgeToken, updateToken } from "@/lib/tokens/change";
import { getToken } from "@/lib/tokens/queries";
import { updateTokenSchema } from "@/lib/tokens/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: tenantRoute({ scope: "token:read" }, async ({ grant, id }) => ({
    status: 200,
    body: await getToken(grant, id),
  })),
  PATCH: tenantRoute({ scope: "token:write", body: updateTokenSchema }, async ({ grant, id, body }) => ({
    status: 200,
    body: await updateToken(grant, id, body),
  })),
  DELETE: tenantRoute({ scope: "token:write" }, async ({ grant, id }) => {
    await purgeToken(grant, id);
    return { status: 204 };
  }),
});
