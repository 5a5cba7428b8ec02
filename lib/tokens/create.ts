import type { Grant } from "@/lib/access/decide";
import { permissionSet } from "@/lib/access/permission-sets";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { inTurn } from "@/lib/db/turns";
import { invalidRequest } from "@/lib/errors";
import {
  defaultExpiry,
  earliest,
  holdPolicyForOneMore,
  policyIssues,
  requirePlace,
  shortenedExpiry,
} from "@/lib/policy/enforce";
import type { TokenPolicy } from "@/lib/policy/schema";
import { issueOnce } from "./issue-once";
import {
  type Issuer,
  issuerIssues,
  requireAuthenticatedFor,
  requireGrantable,
  requireIssuer,
  requireResources,
  resourcesColumn,
} from "./issuing";
import type { CreateTokenInput, TokenView } from "./schema";
import { hashSecret, type Secret, secretHint } from "./secret";
import { tokenColumns, viewOf } from "./view";

/**
 * Issues an API token in the tenant. The secret is in the result and nowhere else; a retry with the same idempotency key
 * gets the same token and secret. Throws 403 naming `missingScopes`
 * when the creator would grant what they do not hold, 400 for resources that are not in the tenant and for what the
 * tenant's policy does not allow, 403 `forbidden` when it allows no further token, and 403 for Full access to a session
 * whose user's password was given too long ago.
 */
export async function createToken(
  grant: Grant<"token:write">,
  input: CreateTokenInput,
  idempotencyKey: string | null = null,
): Promise<{ token: TokenView; secret: string }> {
  const requested = input.permissionSet ? permissionSet(input.permissionSet).scopes : (input.scopes ?? []);
  const issue = async (transaction: Prisma.TransactionClient, secret: Secret) => {
    const policy = await holdPolicyForOneMore(transaction, grant);
    const issuer = await requireIssuer(transaction, grant, policy);
    const scopes = requireGrantable(grant, requested);
    const now = new Date();
    const wanted = {
      scopes,
      scopesPath: input.permissionSet ? ("permissionSet" as const) : ("scopes" as const),
      allowedCidrs: input.allowedCidrs ?? (issuer.allowedCidrs.length > 0 ? issuer.allowedCidrs : policy.requiredCidrs),
      expiresAt: expiryOf(input, issuer, policy, now),
    };
    const issues = [...issuerIssues(issuer, wanted), ...policyIssues(policy, wanted, now)];
    if (issues.length > 0) throw invalidRequest(issues);
    await requireResources(transaction, grant, input);
    await requirePlace(transaction, grant, policy);
    requireAuthenticatedFor(grant, scopes);
    const row = await transaction.token.create({
      data: {
        kind: "api",
        organizationId: grant.organizationId,
        tenantId: grant.tenantId,
        name: input.name,
        description: input.description ?? "",
        hint: secretHint(secret),
        hash: hashSecret(secret),
        permissionSet: input.permissionSet ?? null,
        scopes,
        requestedScopes: input.permissionSet ? scopes : [...requested],
        resources: input.resources ? resourcesColumn(input.resources) : Prisma.DbNull,
        createdById: issuer.creatorId,
        allowedCidrs: [...wanted.allowedCidrs],
        expiresAt: shortenedExpiry(policy, wanted.expiresAt, now),
      },
      select: tokenColumns,
    });
    await recordAudit(transaction, grant, [
      {
        action: "token.created",
        target: { kind: "token", id: row.id, label: row.hint },
        details: {
          name: row.name,
          permissionSet: row.permissionSet,
          scopes,
          expiresAt: row.expiresAt?.toISOString() ?? null,
          allowedCidrs: row.allowedCidrs,
        },
      },
    ]);
    return viewOf(row);
  };
  const request = { grant, key: idempotencyKey, operation: "create", input };
  return inTurn(grant.tenantId, () =>
    db.$transaction((transaction) => issueOnce(transaction, request, (secret) => issue(transaction, secret))),
  );
}

/** Absent: the policy's default, or the rest of the issuing token's life. Null: never. */
function expiryOf({ expiresAt }: CreateTokenInput, issuer: Issuer, policy: TokenPolicy, now: Date): Date | null {
  if (expiresAt === undefined) return earliest(defaultExpiry(policy, now), issuer.expiresAt);
  return expiresAt === null ? null : new Date(expiresAt);
}
