import type { Grant } from "@/lib/access/decide";
import { permissionSet } from "@/lib/access/permission-sets";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import {
  type Issuer,
  requireGrantable,
  requireIssuer,
  requireResources,
  requireWithinIssuer,
  resourcesColumn,
} from "./issuing";
import { type CreateTokenInput, defaultLifetimeDays, type TokenView } from "./schema";
import { generateSecret, hashSecret, secretHint } from "./secret";
import { tokenColumns, viewOf } from "./view";

const dayMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Issues an API token in the tenant. The secret is in the result and nowhere else. Throws 403 naming `missingScopes`
 * when the creator would grant what they do not hold, and 400 for resources that are not in the tenant.
 */
export async function createToken(
  grant: Grant<"token:write">,
  input: CreateTokenInput,
): Promise<{ token: TokenView; secret: string }> {
  const requested = input.permissionSet ? permissionSet(input.permissionSet).scopes : (input.scopes ?? []);
  const issuer = await requireIssuer(grant);
  const scopes = requireGrantable(grant, requested);
  const allowedCidrs = input.allowedCidrs ?? [...issuer.allowedCidrs];
  const expiresAt = expiry(input.expiresAt, issuer);
  requireWithinIssuer(issuer, { allowedCidrs, expiresAt });
  const secret = generateSecret("api");
  const token = await db.$transaction(async (transaction) => {
    await requireResources(transaction, grant, input);
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
        allowedCidrs,
        expiresAt,
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
  });
  return { token, secret };
}

/** Absent: the default lifetime, or the rest of the issuing token's. Null: never. */
function expiry(expiresAt: string | null | undefined, issuer: Issuer): Date | null {
  if (expiresAt === null) return null;
  if (expiresAt !== undefined) return new Date(expiresAt);
  const usual = new Date(Date.now() + defaultLifetimeDays * dayMilliseconds);
  return issuer.expiresAt && issuer.expiresAt < usual ? issuer.expiresAt : usual;
}
