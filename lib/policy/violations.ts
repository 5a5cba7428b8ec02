import { allScopes } from "@/lib/access/scopes";
import { covers } from "@/lib/tokens/addresses";
import { mayNeverExpire, type PolicyRule, type PolicyViolation, type TokenPolicy } from "./schema";

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** What of a token a policy has rules about. */
export interface RuledToken {
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  scopes: readonly string[];
  allowedCidrs: readonly string[];
}

/** The rules of a policy that a token breaks. `violatesPolicy` of lib/tokens/findings.ts says the same in SQL. */
export function policyViolations(policy: TokenPolicy, token: RuledToken, now: Date): PolicyViolation[] {
  const { maxLifetimeDays, idleRevocationDays } = policy;
  const lastSign = token.lastUsedAt ?? token.createdAt;
  const idleDays = Math.floor((now.getTime() - lastSign.getTime()) / dayMilliseconds);
  return [
    broken(
      "neverExpires",
      token.expiresAt === null && !mayNeverExpire(policy),
      maxLifetimeDays === null
        ? "Never expires, which the policy does not allow"
        : `Never expires; the policy allows ${counted(maxLifetimeDays, "day")} at most`,
    ),
    broken(
      "maxLifetime",
      maxLifetimeDays !== null &&
        token.expiresAt !== null &&
        token.expiresAt.getTime() > token.createdAt.getTime() + maxLifetimeDays * dayMilliseconds,
      `Lives longer than the ${counted(maxLifetimeDays ?? 0, "day")} the policy allows`,
    ),
    broken(
      "fullAccess",
      !policy.fullAccessAllowed && isFullAccess(token.scopes),
      "Holds every scope, which the policy does not allow",
    ),
    broken(
      "requiredCidrs",
      !areAddressesWithin(policy, token.allowedCidrs),
      token.allowedCidrs.length === 0
        ? "Works from anywhere; the policy requires a limit to its addresses"
        : "Works from addresses outside those the policy requires",
    ),
    broken(
      "idle",
      idleRevocationDays !== null && now.getTime() - lastSign.getTime() > idleRevocationDays * dayMilliseconds,
      `${token.lastUsedAt === null ? "Never used in the" : "Not used for"} ${counted(idleDays, "day")}${token.lastUsedAt === null ? " since its creation" : ""}; the policy allows ${counted(idleRevocationDays ?? 0, "day")}`,
    ),
  ].flat();
}

/** Whether scopes are every scope there is, however they were asked for. */
export function isFullAccess(scopes: readonly string[]): boolean {
  return allScopes.every((scope) => scopes.includes(scope));
}

/** Whether a token limited to these addresses works from nowhere but within the required ones. */
export function areAddressesWithin(
  policy: Pick<TokenPolicy, "requiredCidrs">,
  allowedCidrs: readonly string[],
): boolean {
  if (policy.requiredCidrs.length === 0) return true;
  return allowedCidrs.length > 0 && allowedCidrs.every((cidr) => covers(policy.requiredCidrs, cidr));
}

function broken(rule: PolicyRule, isBroken: boolean, text: string): PolicyViolation[] {
  return isBroken ? [{ rule, text }] : [];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
