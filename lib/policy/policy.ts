import type { Grant } from "@/lib/access/decide";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { invalidRequest, Problem } from "@/lib/errors";
import { policyContradictions, type TokenPolicy, type UpdatePolicyInput } from "./schema";

/** The columns of a tenant that are its policy. */
export const policyColumns = {
  maxLifetimeDays: true,
  neverExpiresAllowed: true,
  defaultLifetimeDays: true,
  idleRevocationDays: true,
  requiredCidrs: true,
  maxWorkingTokens: true,
  fullAccessAllowed: true,
  tokensMayCreateTokens: true,
} as const;

/** The tenant's token policy. */
export async function getPolicy(grant: Grant<"tenant:read" | "token:read">): Promise<TokenPolicy> {
  return db.tenant.findFirstOrThrow({ where: tenantOf(grant), select: policyColumns });
}

/**
 * Changes the fields given. Throws 400 naming what would contradict itself, 403 when an API token would let tokens
 * create tokens, and 409 when the policy was changed meanwhile. No token stops working by it.
 */
export async function updatePolicy(grant: Grant<"tenant:write">, input: UpdatePolicyInput): Promise<TokenPolicy> {
  return db.$transaction(async (transaction) => {
    const before = await transaction.tenant.findFirstOrThrow({ where: tenantOf(grant), select: policyColumns });
    const after = { ...before, ...input };
    const contradictions = policyContradictions(after);
    if (contradictions.length > 0) throw invalidRequest(contradictions);
    if (grant.principal.kind === "apiToken" && after.tokensMayCreateTokens && !before.tokensMayCreateTokens)
      throw new Problem({ code: "forbidden" }, "An API token cannot let tokens create tokens; a person has to");
    // Issuing locks this row while it holds to the policy, so no token is issued under a policy that has passed.
    const { count } = await transaction.tenant.updateMany({
      where: { ...tenantOf(grant), ...before, requiredCidrs: { equals: before.requiredCidrs } },
      data: after,
    });
    if (count === 0) throw new Problem({ code: "conflict" }, "The policy was changed meanwhile; read it and try again");
    await recordAudit(transaction, grant, [
      {
        action: "policy.updated",
        target: { kind: "policy", id: grant.tenantId, label: "Token policy" },
        details: { before, after },
      },
    ]);
    return after;
  });
}

function tenantOf(grant: Grant<"tenant:read" | "tenant:write" | "token:read">) {
  return { id: grant.tenantId, organizationId: grant.organizationId };
}
