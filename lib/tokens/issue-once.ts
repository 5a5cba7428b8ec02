import type { Grant } from "@/lib/access/decide";
import type { Prisma } from "@/lib/db/generated/client";
import { claimKey, conflict, type KeyedRequest } from "@/lib/idempotency/claim";
import { requireAuthenticatedFor, requireGrantable } from "./issuing";
import { ofTenant } from "./queries";
import type { TokenView } from "./schema";
import { generateSecret, hashSecret, parseSecret, type Secret } from "./secret";
import { tokenColumns, viewOf } from "./view";

interface OnceRequest extends Omit<KeyedRequest, "grant" | "key"> {
  grant: Grant<"token:write">;
  /** Null: every call issues. */
  key: string | null;
}

/**
 * Issues a token with a new secret or, where the caller's key issued one within the last minutes, gives that one again,
 * with its secret, as it is now. Throws 409 when that one is deleted, and 403 when the caller could not issue it any more.
 */
export async function issueOnce(
  transaction: Prisma.TransactionClient,
  { grant, key, operation, input }: OnceRequest,
  issue: (secret: Secret) => Promise<TokenView>,
): Promise<{ token: TokenView; secret: string }> {
  const secret = generateSecret("api");
  const before = key === null ? null : await claimKey(transaction, { grant, key, operation, input }, secret);
  if (before === null) return { token: await issue(secret), secret };
  const issued = parseSecret(before);
  const row =
    issued &&
    (await transaction.token.findFirst({
      where: { hash: hashSecret(issued.secret), ...ofTenant(grant) },
      select: tokenColumns,
    }));
  if (row === null) throw conflict("The token that this Idempotency-Key issued is deleted; send a new key for another");
  requireGrantable(grant, row.scopes);
  requireAuthenticatedFor(grant, row.scopes);
  return { token: viewOf(row), secret: before };
}
