import { z } from "zod";
import { Problem } from "@/lib/errors";
import { routes } from "@/lib/gates/route";
import { callerOperation } from "@/lib/operation";
import { listOrganizations, organizationSchema } from "@/lib/organizations";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: callerOperation({
    summary: "List the organizations and tenants the caller may see",
    principals: ["session", "personalToken"],
    responses: { 200: { description: "Organizations", schema: z.object({ items: z.array(organizationSchema) }) } },
    refuse: () =>
      new Problem(
        { code: "forbidden" },
        "An API token is bound to one organization and tenant; see GET /identity/tokens/self",
      ),
    async handle({ principal }) {
      return { status: 200, body: { items: await listOrganizations(principal) } };
    },
  }),
});
