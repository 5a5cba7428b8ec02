"use server";

import { refresh } from "next/cache";
import { requireUuid } from "@/lib/errors";
import { type ActionContext, runAction } from "@/lib/gates/action";
import { createToken } from "@/lib/tokens/create";
import { revokeTokens } from "@/lib/tokens/revoke";
import { rotateToken } from "@/lib/tokens/rotate";
import { createTokenSchema, revokeTokensSchema, rotateTokenSchema } from "@/lib/tokens/schema";

const path = "/identity/settings/tenant";

/** Issues a token; the secret is in this answer and nowhere else. */
export async function createTokenAction(context: ActionContext, input: unknown) {
  const result = await runAction({ scope: "token:write", input: createTokenSchema, path, context }, input, createToken);
  if (result.ok) refresh();
  return result;
}

/** Issues a token's successor; the secret is in this answer and nowhere else. */
export async function rotateTokenAction(context: ActionContext, id: string, input: unknown) {
  const result = await runAction(
    { scope: "token:write", input: rotateTokenSchema, path, context },
    input,
    (grant, rotation) => rotateToken(grant, requireUuid(id), rotation),
  );
  if (result.ok) refresh();
  return result;
}

/** Revokes tokens at once. */
export async function revokeTokensAction(context: ActionContext, input: unknown) {
  const result = await runAction(
    { scope: "token:write", input: revokeTokensSchema, path, context },
    input,
    revokeTokens,
  );
  if (result.ok) refresh();
  return result;
}
