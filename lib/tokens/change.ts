import type { Grant } from "@/lib/access/decide";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { invalidRequest, notFound, Problem } from "@/lib/errors";
import { requireResources, resourcesColumn } from "./issuing";
import { narrowedScopes, wideningIssues } from "./narrowing";
import { ofTenant } from "./queries";
import type { TokenView, UpdateTokenInput } from "./schema";
import { statusOf, tokenColumns, viewOf } from "./view";
import { isWorking } from "./vocabulary";

/**
 * Renames, describes or narrows a token in place. Throws 404, 400 naming what would be widened, and 409 when it was
 * changed meanwhile or is revoked.
 */
export async function updateToken(
  grant: Grant<"token:write">,
  id: string,
  input: UpdateTokenInput,
): Promise<TokenView> {
  return db.$transaction(async (transaction) => {
    const before = await transaction.token.findFirst({ where: { id, ...ofTenant(grant) }, select: tokenColumns });
    if (!before) throw notFound("token");
    const current = viewOf(before);
    const issues = wideningIssues({ ...current, expiresAt: before.expiresAt }, input);
    if (issues.length > 0) throw invalidRequest(issues);
    await requireResources(transaction, grant, input);
    const { count } = await transaction.token.updateMany({
      where: {
        ...{ id, ...ofTenant(grant), revokedAt: null },
        ...{ scopes: { equals: before.scopes }, allowedCidrs: { equals: before.allowedCidrs } },
        ...{ expiresAt: before.expiresAt, resources: { equals: before.resources ?? Prisma.DbNull } },
      },
      data: changedColumns(current, input),
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
        details: { before: changeable(current), after: changeable(viewOf(after)) },
      },
    ]);
    return viewOf(after);
  });
}

function changedColumns(current: TokenView, input: UpdateTokenInput): Prisma.TokenUpdateManyMutationInput {
  const scopes = input.scopes && narrowedScopes(input.scopes);
  return {
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.description === undefined ? {} : { description: input.description }),
    // A narrowed token is no longer what its set says.
    ...(scopes && scopes.length < current.scopes.length
      ? { scopes, requestedScopes: scopes, permissionSet: null }
      : {}),
    ...(input.resources === undefined
      ? {}
      : { resources: resourcesColumn({ ...current.resources, ...input.resources }) }),
    ...(input.allowedCidrs === undefined ? {} : { allowedCidrs: input.allowedCidrs }),
    ...(input.expiresAt === undefined ? {} : { expiresAt: new Date(input.expiresAt) }),
  };
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

function changeable({ name, description, scopes, resources, allowedCidrs, expiresAt }: TokenView) {
  return { name, description, scopes, resources: resources && resourcesColumn(resources), allowedCidrs, expiresAt };
}
