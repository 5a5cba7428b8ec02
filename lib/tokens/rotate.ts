import type { Grant } from "@/lib/access/decide";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { inTurn } from "@/lib/db/turns";
import { invalidRequest, notFound, Problem } from "@/lib/errors";
import { queueNotices } from "@/lib/notices/queue";
import { holdPolicy, policyIssues, shortenedExpiry } from "@/lib/policy/enforce";
import { issueOnce } from "./issue-once";
import { issuerIssues, limitIssues, requireAuthenticatedFor, requireGrantable, requireIssuer } from "./issuing";
import { ofTenant } from "./queries";
import type { RotateTokenInput, TokenView } from "./schema";
import { hashSecret, type Secret, secretHint } from "./secret";
import { statusOf, tokenColumns, viewOf } from "./view";

/**
 * Issues a successor with the same settings, lifetime included, and a new secret; a lifetime beyond the tenant's policy
 * is shortened to it. The old token goes on working for `overlapSeconds`, but never beyond its own expiry. Throws 404, 400
 * naming where the token reaches beyond the one that rotates it, 403 when the caller holds less than the token or the
 * policy lets no such token be issued any more, and 409 when it no longer works or was rotated already: of two rotations
 * at once, one wins. A retry with the same idempotency key gets the same successor and secret.
 */
export async function rotateToken(
  grant: Grant<"token:write">,
  id: string,
  input: RotateTokenInput,
  idempotencyKey: string | null = null,
): Promise<{ token: TokenView; secret: string }> {
  const issue = async (transaction: Prisma.TransactionClient, secret: Secret) => {
    const policy = await holdPolicy(transaction, grant);
    const issuer = await requireIssuer(transaction, grant, policy);
    const old = await transaction.token.findFirst({
      where: { id, ...ofTenant(grant) },
      select: tokenColumns,
    });
    if (!old) throw notFound("token");
    const now = new Date();
    requireRotatable(old, now);
    requireGrantable(grant, old.scopes);
    const lifetimeEnds = old.expiresAt && new Date(now.getTime() + old.expiresAt.getTime() - old.createdAt.getTime());
    const expiresAt = shortenedExpiry(policy, lifetimeEnds, now);
    const beyondIssuer = [...issuerIssues(issuer, { ...old, expiresAt }), ...limitIssues(grant, viewOf(old))];
    if (beyondIssuer.length > 0) throw invalidRequest(beyondIssuer);
    const [issue] = policyIssues(policy, { ...old, expiresAt, scopesPath: "scopes" }, now);
    if (issue)
      throw new Problem({ code: "forbidden" }, `${issue.message}. Create a new token that keeps to it instead.`);
    requireAuthenticatedFor(grant, old.scopes);
    const overlapEnds = new Date(now.getTime() + input.overlapSeconds * 1000);
    const worksUntil = old.expiresAt && old.expiresAt < overlapEnds ? old.expiresAt : overlapEnds;
    const { count } = await transaction.token.updateMany({
      where: {
        ...{ id, ...ofTenant(grant), revokedAt: null, supersededAt: null, expiresAt: old.expiresAt },
        // What was narrowed since it was read would be wide again in the successor.
        ...{ scopes: { equals: old.scopes }, allowedCidrs: { equals: old.allowedCidrs } },
        resources: { equals: old.resources ?? Prisma.DbNull },
      },
      data: {
        supersededAt: now,
        expiresAt: worksUntil,
      },
    });
    if (count === 0) throw alreadyChanged();
    const { name, description, permissionSet, scopes, requestedScopes, resources, allowedCidrs } = old;
    const successor = await transaction.token.create({
      data: {
        kind: "api",
        organizationId: grant.organizationId,
        tenantId: grant.tenantId,
        ...{ name, description, permissionSet, scopes, requestedScopes, allowedCidrs, expiresAt },
        resources: resources ?? Prisma.DbNull,
        hint: secretHint(secret),
        hash: hashSecret(secret),
        createdById: issuer.creatorId,
        rotatedFromId: id,
      },
      select: tokenColumns,
    });
    const { overlapSeconds } = input;
    await queueNotices(transaction, grant, [
      {
        type: "token.rotated",
        token: { id, name, hint: old.hint },
        successor: { id: successor.id, hint: successor.hint },
        worksUntil: worksUntil.toISOString(),
      },
    ]);
    await recordAudit(transaction, grant, [
      {
        action: "token.rotated",
        target: { kind: "token", id, label: old.hint },
        details: { successorId: successor.id, overlapSeconds, worksUntil: worksUntil.toISOString() },
      },
      {
        action: "token.created",
        target: { kind: "token", id: successor.id, label: successor.hint },
        details: { name, scopes, rotatedFromId: id, expiresAt: expiresAt?.toISOString() ?? null },
      },
    ]);
    return viewOf(successor);
  };
  const request = { grant, key: idempotencyKey, operation: `rotate ${id}`, input };
  return inTurn(id, () =>
    db.$transaction((transaction) => issueOnce(transaction, request, (secret) => issue(transaction, secret))),
  );
}

function requireRotatable(token: Parameters<typeof statusOf>[0], now: Date): void {
  const status = statusOf(token, now);
  if (token.supersededAt) throw alreadyChanged();
  if (status === "revoked" || status === "expired")
    throw new Problem({ code: "conflict" }, `The token is ${status}; create a new one with the same settings instead`);
}

function alreadyChanged(): Problem {
  return new Problem({ code: "conflict" }, "The token was rotated or changed meanwhile; read it and try again");
}
