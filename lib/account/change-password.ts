import type { Origin, SessionPrincipal } from "@/lib/access/principal";
import { actorOf, recordAccountAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { invalidRequest, Problem } from "@/lib/errors";
import { hashPassword, verifyPassword } from "@/lib/passwords";
import { endAccess } from "./end-access";
import type { ChangePasswordInput } from "./schema";

/**
 * Changes the user's own password. Every session and personal token of theirs ends at once; the caller renews its own
 * session with the version returned. Throws 400 naming `currentPassword` when that is not the password, and 401 when
 * the session was ended meanwhile. Both outcomes are audited.
 */
export async function changePassword(
  session: SessionPrincipal,
  origin: Origin,
  input: ChangePasswordInput,
): Promise<{ sessionVersion: number }> {
  const by = { userId: session.user.id, actor: actorOf(session), origin };
  const target = { kind: "user", id: session.user.id, label: session.user.email };
  const user = await db.user.findUnique({ where: { id: session.user.id }, select: { passwordHash: true } });
  if (!(await verifyPassword(user?.passwordHash ?? null, input.currentPassword))) {
    await recordAccountAudit(db, by, {
      action: "password.change_refused",
      outcome: "denied",
      target,
      reason: "wrong_password",
    });
    throw invalidRequest([{ path: "currentPassword", message: "This is not your current password" }]);
  }
  const passwordHash = await hashPassword(input.newPassword);
  return db.$transaction(async (transaction) => {
    const { count } = await transaction.user.updateMany({
      where: { id: session.user.id, sessionVersion: session.sessionVersion, disabledAt: null },
      data: { passwordHash },
    });
    if (count === 0)
      throw new Problem({ code: "unauthorized", credentialSent: false }, "Your session has ended. Sign in again.");
    const sessionVersion = await endAccess(transaction, session.user.id, session, "The password was changed");
    await recordAccountAudit(transaction, by, { action: "password.changed", target });
    return { sessionVersion };
  });
}
