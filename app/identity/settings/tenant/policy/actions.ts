"use server";

import { refresh } from "next/cache";
import { type ActionContext, runAction } from "@/lib/gates/action";
import { updatePolicy } from "@/lib/policy/policy";
import { policySchema, updatePolicySchema } from "@/lib/policy/schema";
import { previewPolicy } from "@/lib/policy/violators";
import { shortenTokensSchema } from "@/lib/tokens/schema";
import { shortenTokens } from "@/lib/tokens/shorten";

const path = "/identity/settings/tenant";

/** Changes the fields of the policy that are given. */
export async function updatePolicyAction(context: ActionContext, input: unknown) {
  const declaration = { scope: "tenant:write", input: updatePolicySchema, path, context } as const;
  const result = await runAction(declaration, input, async (grant, change) => ({
    policy: await updatePolicy(grant, change),
  }));
  if (result.ok) refresh();
  return result;
}

/** What a policy would hit if it were saved now. */
export async function previewPolicyAction(context: ActionContext, input: unknown) {
  const declaration = { scope: "token:read", input: policySchema, path, context } as const;
  return runAction(declaration, input, async (grant, policy) => ({ preview: await previewPolicy(grant, policy) }));
}

/** Brings forward the expiry of tokens; in a dry run, says what that would do. */
export async function shortenTokensAction(context: ActionContext, input: unknown) {
  const result = await runAction(
    { scope: "token:write", input: shortenTokensSchema, path, context },
    input,
    shortenTokens,
  );
  if (result.ok && !result.dryRun) refresh();
  return result;
}
