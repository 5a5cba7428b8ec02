import { effectiveScopes } from "@/lib/access/decide";
import { describePermissions } from "@/lib/access/permissions";
import { requirePlace } from "@/lib/gates/authorize";
import { callerRoute, routes } from "@/lib/gates/route";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: callerRoute({ principals: ["session", "apiToken", "personalToken"] }, async ({ principal, context }) => {
    const { organizationId, tenantId } = requirePlace(principal, context);
    return { status: 200, body: describePermissions(effectiveScopes(principal, organizationId, tenantId)) };
  }),
});
