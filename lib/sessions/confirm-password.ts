import type { Origin, SessionPrincipal } from "@/lib/access/principal";
import type { ListedAction } from "@/lib/audit/actions";
import { actorOf, recordAccountAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { invalidRequest } from "@/lib/errors";
import { verifyPassword } from "@/lib/passwords";
import { limits } from "@/lib/rate-limit/limits";
import { throttledProblem } from "@/lib/sign-in-throttle";

interface Confirmation {
  password: string;
  /** The field it came from. */
  path: string;
  /** What a refusal is on record as. */
  refusal: ListedAction;
}

/** Whether the user has a password; one who came by single sign-on may have none. */
export async function hasPassword({ user }: SessionPrincipal): Promise<boolean> {
  return (
    (await db.user.findFirst({ where: { id: user.id, passwordHash: { not: null } }, select: { id: true } })) !== null
  );
}

/**
 * Checks the password of a user who is signed in. Throws 400 naming the field when it is another, and 429 to a session
 * that keeps guessing, whose other sessions are none the worse for it. Refusals are audited.
 */
export async function confirmPassword(
  session: SessionPrincipal,
  origin: Origin,
  { password, path, refusal }: Confirmation,
): Promise<void> {
  const target = { kind: "user", id: session.user.id, label: session.user.email };
  const refuse = (reason: string) =>
    recordAccountAudit(
      db,
      { userId: session.user.id, actor: actorOf(session), origin },
      { action: refusal, outcome: "denied", target, reason },
    );
  const limiter = limits().signInDevice;
  const key = `session ${session.sessionId}`;
  const quota = await limiter?.consume(key);
  if (quota && !quota.allowed) {
    if (quota.isFirstBeyond) await refuse("throttled");
    throw throttledProblem(quota);
  }
  const user = await db.user.findUnique({ where: { id: session.user.id }, select: { passwordHash: true } });
  if (await verifyPassword(user?.passwordHash ?? null, password)) {
    await limiter?.giveBack(key);
    return;
  }
  await refuse("wrong_password");
  throw invalidRequest([{ path, message: "This is not your current password" }]);
}
