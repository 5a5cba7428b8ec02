import { callerRoute, routes } from "@/lib/gates/route";
import { getPresentedToken } from "@/lib/tokens/queries";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: callerRoute(
    {
      principals: ["apiToken", "personalToken"],
      otherwise: "This describes the token a call was made with; send one as Authorization: Bearer …",
    },
    async ({ principal }) => ({ status: 200, body: await getPresentedToken(principal.token.id) }),
  ),
});
