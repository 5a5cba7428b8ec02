import { callerRoute, routes } from "@/lib/gates/route";
import { listOrganizations } from "@/lib/organizations";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: callerRoute(
    {
      principals: ["session", "personalToken"],
      otherwise: "An API token is bound to one organization and tenant; see GET /identity/tokens/self",
    },
    async ({ principal }) => ({ status: 200, body: { items: await listOrganizations(principal) } }),
  ),
});
