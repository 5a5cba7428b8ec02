import type { Grant } from "@/lib/access/decide";
import { expandScopes, sortScopes } from "@/lib/access/scopes";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { invalidRequest, notFound, Problem } from "@/lib/errors";
import { ofTenant } from "./queries";
import type { TokenView, UpdateTokenInput } from "./schema";
import { isWorking, statusOf, tokenColumns, viewOf } from "./view";

/**
 * Renames, describes or narrows a token in place. Throws 404, 400 when scopes would be added, and 409 when somebody
 * else changed its scopes meanwhile or it is revoked.
 */
export async function updateToken(
  grant: Grant<"token:write">,
  id: string,
  input: UpdateTokenInput,
): Promise<TokenView> {
  return db.$transaction(async (transaction) => {
    const before = await transaction.token.findFirst({ where: { id, ...ofTenant(grant) }, select: tokenColumns });
    if (!before) throw notFound("token");
    const scopes = input.scopes && narrowed(before.scopes, input.scopes);
    const { count } = await transaction.token.updateMany({
      where: { id, ...ofTenant(grant), revokedAt: null, scopes: { equals: before.scopes } },
      data: {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.description === undefined ? {} : { description: input.description }),
        // A narrowed token is no longer what its set says.
        ...(scopes && scopes.length < before.scopes.length
          ? { scopes, requestedScopes: scopes, permissionSet: null }
          : {}),
      },
    });
    if (count === 0)
      throw new Problem(
        { code: "conflict" },
        before.revokedAt
          ? "A revoked token cannot be changed"
          : "The token was changed meanwhile; read it and try again",
      );
    const after = await transaction.token.findFirstOrThrow({ where: { id, ...ofTenant(grant) }, select: tokenColumns });
    await recordAudit(transaction, grant, [
      {
        action: "token.updated",
        target: { kind: "token", id, label: after.hint },
        details: { before: changeable(before), after: changeable(after) },
      },
    ]);
    return viewOf(after);
  });
}

/** Deletes a token that no longer works; its audit trail stays. Throws 404, and 409 while it still works. */
export async function purgeToken(grant: Grant<"token:write">, id: string): Promise<void> {
  await db.$transaction(async (transaction) => {
    const token = await transaction.token.findFirst({ where: { id, ...ofTenant(grant) }, select: tokenColumns });
    if (!token) throw notFound("token");
    const now = new Date();
    const { count } = await transaction.token.deleteMany({
      where: { id, ...ofTenant(grant), OR: [{ revokedAt: { not: null } }, { expiresAt: { lte: now } }] },
    });
    if (count === 0 || isWorking(statusOf(token, now)))
      throw new Problem({ code: "conflict" }, "The token still works. Revoke it before you delete it.");
    await recordAudit(transaction, grant, [
      { action: "token.purged", target: { kind: "token", id, label: token.hint }, details: { name: token.name } },
    ]);
  });
}

function narrowed(current: readonly string[], requested: readonly string[]): string[] {
  const expanded = expandScopes(requested);
  const scopes = expanded.ok ? sortScopes(expanded.scopes) : [];
  const added = scopes.filter((scope) => !current.includes(scope));
  if (added.length === 0) return scopes;
  throw invalidRequest([
    { path: "scopes", message: `Scopes can only be removed; create a new token for ${added.join(", ")}` },
  ]);
}

function changeable(token: { name: string; description: string; scopes: string[] }) {
  return { name: token.name, description: token.description, scopes: token.scopes };
}
