import type { FieldIssue } from "@/lib/errors";
import { policyContradictions, policySchema, type TokenPolicy, type UpdatePolicyInput } from "@/lib/policy/schema";
import type { Text } from "@/lib/text/text";

/** A policy as a form holds it: numbers and lists as they are typed; empty for none. */
export interface PolicyDraft {
  maxLifetimeDays: string;
  defaultLifetimeDays: string;
  idleRevocationDays: string;
  maxWorkingTokens: string;
  requiredCidrs: string;
  neverExpiresAllowed: boolean;
  fullAccessAllowed: boolean;
  tokensMayCreateTokens: boolean;
}

export function draftOf(policy: TokenPolicy): PolicyDraft {
  return {
    maxLifetimeDays: textOf(policy.maxLifetimeDays),
    defaultLifetimeDays: textOf(policy.defaultLifetimeDays),
    idleRevocationDays: textOf(policy.idleRevocationDays),
    maxWorkingTokens: textOf(policy.maxWorkingTokens),
    requiredCidrs: policy.requiredCidrs.join("\n"),
    neverExpiresAllowed: policy.neverExpiresAllowed,
    fullAccessAllowed: policy.fullAccessAllowed,
    tokensMayCreateTokens: policy.tokensMayCreateTokens,
  };
}

/** The policy a draft comes to, or what is wrong with it, by field. */
export function checkDraft(
  draft: PolicyDraft,
  text: Text,
): { ok: true; policy: TokenPolicy } | { ok: false; issues: FieldIssue[] } {
  const parsed = policySchema.safeParse({
    ...draft,
    maxLifetimeDays: numberOf(draft.maxLifetimeDays),
    defaultLifetimeDays: numberOf(draft.defaultLifetimeDays) ?? Number.NaN,
    idleRevocationDays: numberOf(draft.idleRevocationDays),
    maxWorkingTokens: numberOf(draft.maxWorkingTokens),
    requiredCidrs: draft.requiredCidrs.split(/[\s,]+/).filter((address) => address !== ""),
  });
  if (!parsed.success)
    return {
      ok: false,
      issues: parsed.error.issues.map(({ code, path, message }) => ({
        // One of a list of addresses: the form has one field for all of them.
        path: String(path[0] ?? ""),
        message: code === "invalid_type" ? text("Use a whole number") : text.known(message),
      })),
    };
  const { maxLifetimeDays, defaultLifetimeDays } = parsed.data;
  const contradictions = policyContradictions(parsed.data).map(({ path, message }) => ({
    path,
    message:
      path === "defaultLifetimeDays"
        ? text("Use at most {max}, the maximum lifetime; it is {days}", {
            max: maxLifetimeDays ?? "",
            days: defaultLifetimeDays,
          })
        : text.known(message),
  }));
  return contradictions.length > 0 ? { ok: false, issues: contradictions } : { ok: true, policy: parsed.data };
}

/** What differs: the fields a change has to name, and no others, so that it undoes nobody else's. */
export function changedFields(before: TokenPolicy, after: TokenPolicy): UpdatePolicyInput {
  const same = (field: keyof TokenPolicy) => JSON.stringify(before[field]) === JSON.stringify(after[field]);
  return {
    ...(!same("maxLifetimeDays") && { maxLifetimeDays: after.maxLifetimeDays }),
    ...(!same("neverExpiresAllowed") && { neverExpiresAllowed: after.neverExpiresAllowed }),
    ...(!same("defaultLifetimeDays") && { defaultLifetimeDays: after.defaultLifetimeDays }),
    ...(!same("idleRevocationDays") && { idleRevocationDays: after.idleRevocationDays }),
    ...(!same("requiredCidrs") && { requiredCidrs: after.requiredCidrs }),
    ...(!same("maxWorkingTokens") && { maxWorkingTokens: after.maxWorkingTokens }),
    ...(!same("fullAccessAllowed") && { fullAccessAllowed: after.fullAccessAllowed }),
    ...(!same("tokensMayCreateTokens") && { tokensMayCreateTokens: after.tokensMayCreateTokens }),
  };
}

function textOf(value: number | null): string {
  return value === null ? "" : `${value}`;
}

/** Null for nothing typed; NaN, which no schema takes, for what is no whole number. */
function numberOf(text: string): number | null {
  const typed = text.trim();
  if (typed === "") return null;
  return /^\d+$/.test(typed) ? Number(typed) : Number.NaN;
}
