import { effectiveScopes } from "@/lib/access/decide";
import { describePermissions } from "@/lib/access/permissions";
import { Problem } from "@/lib/errors";
import { requirePlace } from "@/lib/gates/authorize";
import { routes } from "@/lib/gates/route";
import { callerOperation } from "@/lib/operation";
import { permissionsSchema } from "@/lib/tokens/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: callerOperation({
    summary: "List scopes and permission sets, and which of them the caller may grant",
    principals: ["session", "apiToken", "personalToken"],
    inTenant: true,
    responses: { 200: { description: "The catalogue", schema: permissionsSchema } },
    refuse: () => new Problem({ code: "forbidden" }, "This is not for callers of this kind"),
    async handle({ principal, context }) {
      const { organizationId, tenantId } = requirePlace(principal, await context());
      return { status: 200, body: describePermissions(effectiveScopes(principal, organizationId, tenantId)) };
    },
  }),
});
