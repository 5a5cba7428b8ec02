import type { Permission } from "@/components/tokens/permission";
import type { Decision, Grant } from "@/lib/access/decide";
import { describePermissions } from "@/lib/access/permissions";
import { plans } from "@/lib/access/plans";
import { getPolicy } from "@/lib/policy/policy";
import { listLimitChoices } from "@/lib/resources/limit-choices";
import type { Text } from "@/lib/text/text";

/** Who may issue and change tokens here, and what a new one can be given: for the pages that offer it. */
export async function tokenIssuing(read: Grant<"token:read">, write: Decision<"token:write">, text: Text) {
  const plan = plans[read.plan];
  const canWrite: Permission = write.allowed
    ? { allowed: true }
    : { allowed: false, reason: text("Your role here doesn't include token:write. Ask an admin of this tenant.") };
  const canCreate: Permission =
    plan.programmaticAccess || !canWrite.allowed
      ? canWrite
      : {
          allowed: false,
          reason: text("The {plan} plan doesn't include programmatic access.", { plan: text.known(plan.label) }),
        };
  const [policy, choices] = await Promise.all([
    getPolicy(read),
    write.allowed ? listLimitChoices(write.grant) : { datasets: [], pipelines: [] },
  ]);
  return { canWrite, canCreate, choices: { policy, ...choices, ...describePermissions(read.heldScopes) } };
}
