import type { Principal } from "@/lib/access/principal";
import type { Prisma } from "@/lib/db/generated/client";

/**
 * Ends every session and personal token of a user, from the moment the transaction commits. Returns the session
 * version of sessions from now on. The tokens are marked as revoked so that lists say so; their verification compares
 * session versions, so that one issued at this very moment is dead, too.
 */
export async function endAccess(
  transaction: Prisma.TransactionClient,
  userId: string,
  by: Principal,
  note: string,
): Promise<number> {
  const { sessionVersion } = await transaction.user.update({
    where: { id: userId },
    data: { sessionVersion: { increment: 1 } },
    select: { sessionVersion: true },
  });
  // In id order, as the record of their uses locks them, so that neither waits for the other.
  await transaction.$queryRaw`
    select 1 from tokens where kind = 'personal' and created_by_id = ${userId}::uuid and revoked_at is null
    order by id for no key update`;
  await transaction.token.updateMany({
    where: { kind: "personal", createdById: userId, revokedAt: null },
    data: {
      revokedAt: new Date(),
      revokedById: by.kind === "apiToken" ? null : by.user.id,
      revokedReason: "other",
      revokedNote: note,
    },
  });
  return sessionVersion;
}
