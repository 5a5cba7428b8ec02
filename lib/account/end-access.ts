import type { Principal } from "@/lib/access/principal";
import type { SystemPrincipal } from "@/lib/audit/events";
import type { Prisma, SessionEnd } from "@/lib/db/generated/client";

type Cause = Extract<SessionEnd, "password_changed" | "password_reset" | "account_disabled">;

const notes: Readonly<Record<Cause, string>> = {
  password_changed: "The password was changed",
  password_reset: "The password was reset",
  account_disabled: "The account was disabled",
};

/**
 * Ends every session and personal token of a user, from the moment the transaction commits. Returns the session
 * version of sessions from now on. Sessions and tokens are marked as ended so that lists say so; whether they work is
 * also a matter of that version, so that one begun or issued at this very moment is dead, too.
 */
export async function endAccess(
  transaction: Prisma.TransactionClient,
  userId: string,
  by: Principal | SystemPrincipal,
  cause: Cause,
): Promise<number> {
  const { sessionVersion } = await transaction.user.update({
    where: { id: userId },
    data: { sessionVersion: { increment: 1 } },
    select: { sessionVersion: true },
  });
  await transaction.session.updateMany({
    where: { userId, endedAt: null },
    data: { endedAt: new Date(), endReason: cause },
  });
  // In id order, as the record of their uses locks them, so that neither waits for the other.
  await transaction.$queryRaw`
    select 1 from tokens where kind = 'personal' and created_by_id = ${userId}::uuid and revoked_at is null
    order by id for no key update`;
  await transaction.token.updateMany({
    where: { kind: "personal", createdById: userId, revokedAt: null },
    data: {
      revokedAt: new Date(),
      revokedById: "user" in by ? by.user.id : null,
      revokedReason: "other",
      revokedNote: notes[cause],
    },
  });
  return sessionVersion;
}
