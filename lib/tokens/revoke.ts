import type { Grant } from "@/lib/access/decide";
import type { Principal } from "@/lib/access/principal";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { ofTenant, tokenWhere } from "./queries";
import type { RevokeOutcome, RevokeTokensInput } from "./schema";

export interface RevokeResult {
  dryRun: boolean;
  results: { id: string; outcome: RevokeOutcome }[];
}

/**
 * Revokes tokens, all at one instant, with a row of outcome for each one named. From the moment this resolves, no
 * instance accepts them. A dry run says what would happen and changes nothing.
 */
export async function revokeTokens(grant: Grant<"token:write">, input: RevokeTokensInput): Promise<RevokeResult> {
  const dryRun = input.dryRun ?? false;
  const ids = input.ids && [...new Set(input.ids.map((id) => id.toLowerCase()))];
  const where: Prisma.TokenWhereInput = ids
    ? { id: { in: ids }, ...ofTenant(grant) }
    : tokenWhere(grant, input.filter ?? {}, new Date());
  return db.$transaction(async (transaction) => {
    const named = await transaction.token.findMany({ where, select: { id: true, revokedAt: true } });
    const revocable = { ...where, revokedAt: null };
    const revoked = dryRun
      ? named.filter((token) => token.revokedAt === null)
      : await transaction.token.updateManyAndReturn({
          where: revocable,
          data: {
            revokedAt: new Date(),
            revokedById: await revokerOf(transaction, grant.principal),
            revokedReason: input.reason,
            revokedNote: input.note ?? null,
          },
          select: { id: true, hint: true, name: true },
        });
    const revokedIds = new Set(revoked.map(({ id }) => id));
    if (!dryRun)
      await recordAudit(
        transaction,
        grant,
        revoked.map((token) => ({
          action: "token.revoked",
          target: { kind: "token", id: token.id, label: "hint" in token ? token.hint : "" },
          reason: input.reason,
          details: { note: input.note ?? null },
        })),
      );
    const known = new Set(named.map(({ id }) => id));
    const outcome = (id: string): RevokeOutcome =>
      revokedIds.has(id) ? "revoked" : known.has(id) ? "already_revoked" : "not_found";
    const asked = ids ?? [...new Set([...known, ...revokedIds])];
    return { dryRun, results: asked.map((id) => ({ id, outcome: outcome(id) })) };
  });
}

/** The user to name in revokedBy: the caller, or for an API token its creator (the audit log names the token). */
async function revokerOf(transaction: Prisma.TransactionClient, principal: Principal): Promise<string> {
  if (principal.kind !== "apiToken") return principal.user.id;
  const token = await transaction.token.findUniqueOrThrow({
    where: { id: principal.token.id },
    select: { createdById: true },
  });
  return token.createdById;
}
