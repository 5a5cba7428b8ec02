import type { Origin, SessionPrincipal } from "@/lib/access/principal";
import { actorOf, recordAccountAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { Problem } from "@/lib/errors";
import { hashPassword } from "@/lib/passwords";
import { requireUncommonPassword } from "@/lib/passwords-blocklist";
import { confirmPassword } from "@/lib/sessions/confirm-password";
import { keepSession } from "@/lib/sessions/keep";
import { holdOwnSession } from "@/lib/sessions/own";
import { endAccess } from "./end-access";
import type { ChangePasswordInput } from "./schema";

/**
 * Changes the user's own password. Every other session and every personal token of theirs ends at once, and so does
 * whoever has a copy of this session's cookie: the caller renews it with the version returned. Throws 400 naming
 * `currentPassword` when that is not the password or `newPassword` for a common one, 401 when the session was ended
 * meanwhile, and 429. Both outcomes are audited.
 */
export async function changePassword(
  session: SessionPrincipal,
  origin: Origin,
  input: ChangePasswordInput,
): Promise<{ sessionVersion: number }> {
  await confirmPassword(session, origin, {
    password: input.currentPassword,
    path: "currentPassword",
    refusal: "password.change_refused",
  });
  const memberships = await db.membership.findMany({
    where: { userId: session.user.id },
    select: { organization: { select: { name: true } } },
  });
  const names = [session.user.name, session.user.email, ...memberships.map(({ organization }) => organization.name)];
  requireUncommonPassword(input.newPassword, { path: "newPassword", names });
  const passwordHash = await hashPassword(input.newPassword);
  return db.$transaction(async (transaction) => {
    await holdOwnSession(transaction, session);
    const { count } = await transaction.user.updateMany({
      where: { id: session.user.id, sessionVersion: session.sessionVersion, disabledAt: null },
      data: { passwordHash },
    });
    if (count === 0)
      throw new Problem({ code: "unauthorized", credentialSent: false }, "Your session has ended. Sign in again.");
    const sessionVersion = await endAccess(transaction, session.user.id, session, "password_changed");
    await keepSession(transaction, session, sessionVersion);
    await recordAccountAudit(
      transaction,
      { userId: session.user.id, actor: actorOf(session), origin },
      { action: "password.changed", target: { kind: "user", id: session.user.id, label: session.user.email } },
    );
    return { sessionVersion };
  });
}
