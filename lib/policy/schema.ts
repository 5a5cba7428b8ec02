import { z } from "zod";
import type { FieldIssue } from "@/lib/errors";
import { addressOrRange } from "@/lib/tokens/schema";

/** The shape of a tenant's token policy on the wire, shared by form, server action and route handler. */

/** The longest lifetime or idle time a policy can name: ten years of days. */
export const maxPolicyDays = 3650;

const days = z
  .number()
  .int("Use whole days")
  .min(1, "Use at least 1 day")
  .max(maxPolicyDays, `Use at most ${maxPolicyDays} days`);

const policyShape = {
  maxLifetimeDays: days.nullable().describe("The longest life of a new token; null: any"),
  neverExpiresAllowed: z
    .boolean()
    .describe("Whether a token may be issued that never expires; a maximum lifetime rules it out by itself"),
  defaultLifetimeDays: days.describe("The life of a token whose creator does not say"),
  idleRevocationDays: days.nullable().describe("After so many days without use a token is revoked; null: never"),
  requiredCidrs: z
    .array(addressOrRange)
    .max(50, "Use at most 50 addresses and ranges")
    .describe("A new token must be limited to addresses within these; empty: it need not be limited"),
  maxWorkingTokens: z
    .number()
    .int("Use a whole number")
    .min(1, "Use at least 1")
    .max(1_000_000, "Use at most 1000000")
    .nullable()
    .describe("The most working tokens at a time, those superseded by a rotation not counted; null: any number"),
  fullAccessAllowed: z.boolean().describe("Whether a token may be issued that holds every scope"),
  tokensMayCreateTokens: z.boolean().describe("Whether an API token with token:write may create tokens"),
};

/** What a tenant lets be issued. It rules new tokens; it never stops one that was issued. */
export const policySchema = z.object(policyShape).meta({ id: "TokenPolicy" });
export type TokenPolicy = z.infer<typeof policySchema>;

/** What `PATCH /identity/tenant/policy` takes: the fields to change. */
export const updatePolicySchema = z
  .strictObject(policyShape)
  .exactPartial()
  .refine((input) => Object.keys(input).length > 0, "Give at least one field to change");
export type UpdatePolicyInput = z.infer<typeof updatePolicySchema>;

/** What a policy says against itself, by field. */
export function policyContradictions(
  policy: Pick<TokenPolicy, "maxLifetimeDays" | "defaultLifetimeDays">,
): FieldIssue[] {
  const { maxLifetimeDays, defaultLifetimeDays } = policy;
  if (maxLifetimeDays === null || defaultLifetimeDays <= maxLifetimeDays) return [];
  return [
    {
      path: "defaultLifetimeDays",
      message: `Use at most ${maxLifetimeDays}, the maximum lifetime; it is ${defaultLifetimeDays}`,
    },
  ];
}

/** Whether a token may be issued that never expires: a maximum lifetime rules it out by itself. */
export function mayNeverExpire(policy: Pick<TokenPolicy, "maxLifetimeDays" | "neverExpiresAllowed">): boolean {
  return policy.neverExpiresAllowed && policy.maxLifetimeDays === null;
}

/** The rules that a token which exists can be found to break. */
export const policyRules = ["neverExpires", "maxLifetime", "fullAccess", "requiredCidrs", "idle"] as const;
export type PolicyRule = (typeof policyRules)[number];

/** A rule that a token breaks. */
export interface PolicyViolation {
  rule: PolicyRule;
  /** In plain words, what the token is and what the policy says. */
  text: string;
}

/** A working token that breaks the tenant's policy. */
export interface Violator {
  id: string;
  name: string;
  hint: string;
  /** RFC 3339; null: never used. */
  lastUsedAt: string | null;
  /** RFC 3339; null: never expires. */
  expiresAt: string | null;
  violations: readonly PolicyViolation[];
}

/** How many working tokens a policy would hit. */
export interface PolicyPreview {
  /** Tokens it would not let be issued. */
  violating: number;
  /** Those of them that idle revocation would revoke. */
  idle: number;
}
