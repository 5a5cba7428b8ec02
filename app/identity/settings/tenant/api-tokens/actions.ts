"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { requireUuid } from "@/lib/errors";
import { type ActionContext, runAction } from "@/lib/gates/action";
import { requireIdempotencyKey } from "@/lib/idempotency/key";
import { purgeToken, updateToken } from "@/lib/tokens/change";
import { createToken } from "@/lib/tokens/create";
import { listCreators } from "@/lib/tokens/creators";
import { getToken } from "@/lib/tokens/queries";
import { previewRevocation, revokeTokens } from "@/lib/tokens/revoke";
import { rotateToken } from "@/lib/tokens/rotate";
import {
  createTokenSchema,
  revokeTokensSchema,
  rotateTokenSchema,
  tokenFilterSchema,
  tokenSelectionSchema,
  updateTokenSchema,
} from "@/lib/tokens/schema";
import { countTokens } from "@/lib/tokens/selection";

const path = "/identity/settings/tenant";

/** Issues a token; the secret is in this answer, and in that to a retry with the same key, and nowhere else. */
export async function createTokenAction(context: ActionContext, input: unknown, idempotencyKey: unknown) {
  const result = await runAction(
    { scope: "token:write", input: createTokenSchema, path, context },
    input,
    (grant, settings) => createToken(grant, settings, requireIdempotencyKey(idempotencyKey)),
  );
  if (result.ok) refresh();
  return result;
}

/** Issues a token's successor; the secret is in this answer, and in that to a retry with the same key. */
export async function rotateTokenAction(context: ActionContext, id: string, input: unknown, idempotencyKey: unknown) {
  const result = await runAction(
    { scope: "token:write", input: rotateTokenSchema, path, context },
    input,
    (grant, rotation) => rotateToken(grant, requireUuid(id), rotation, requireIdempotencyKey(idempotencyKey)),
  );
  if (result.ok) refresh();
  return result;
}

/** When a token was first used, and from where the latest call came; null while it was not. */
export async function firstUseAction(context: ActionContext, id: string) {
  return runAction({ scope: "token:read", input: z.uuid(), path, context }, id, async (grant, tokenId) => {
    const { firstUsedAt, lastUsedIp } = await getToken(grant, tokenId);
    return { firstUse: firstUsedAt === null ? null : { at: firstUsedAt, latestAddress: lastUsedIp } };
  });
}

/** What revoking tokens would do. */
export async function previewRevocationAction(context: ActionContext, selection: unknown) {
  const declaration = { scope: "token:write", input: tokenSelectionSchema, path, context } as const;
  return runAction(declaration, selection, previewRevocation);
}

/** How many tokens match a filter, counted up to one more than a call can change. */
export async function countTokensAction(context: ActionContext, filter: unknown) {
  const declaration = { scope: "token:read", input: tokenFilterSchema, path, context } as const;
  return runAction(declaration, filter, async (grant, checked) => ({ count: await countTokens(grant, checked) }));
}

/** Who created the tenant's tokens. */
export async function listCreatorsAction(context: ActionContext) {
  const declaration = { scope: "token:read", input: z.undefined(), path, context } as const;
  return runAction(declaration, undefined, async (grant) => ({ creators: await listCreators(grant) }));
}

/** Revokes tokens at once. */
export async function revokeTokensAction(context: ActionContext, input: unknown) {
  const result = await runAction(
    { scope: "token:write", input: revokeTokensSchema, path, context },
    input,
    revokeTokens,
  );
  if (result.ok && !result.dryRun) refresh();
  return result;
}

/** Renames, describes or narrows a token in place. */
export async function updateTokenAction(context: ActionContext, id: string, input: unknown) {
  const result = await runAction(
    { scope: "token:write", input: updateTokenSchema, path, context },
    input,
    async (grant, change) => ({ token: await updateToken(grant, requireUuid(id), change) }),
  );
  if (result.ok) refresh();
  return result;
}

/** Deletes a token that no longer works. The page is the caller's to leave or to refresh: it may be the token's own. */
export async function purgeTokenAction(context: ActionContext, id: string) {
  return runAction({ scope: "token:write", input: z.uuid(), path, context }, id, async (grant, tokenId) => {
    await purgeToken(grant, tokenId);
    return {};
  });
}
