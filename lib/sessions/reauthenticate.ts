import type { Origin, SessionPrincipal } from "@/lib/access/principal";
import { actorOf, recordAccountAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { Problem } from "@/lib/errors";
import { confirmPassword } from "./confirm-password";
import { holdOwnSession } from "./own";
import type { ReauthenticateInput } from "./schema";

/**
 * Confirms who is in front of a session that began with a password: it counts as given now. Throws 403 for one that
 * began by single sign-on, 400 naming `password`, 401 when the
 * session was ended meanwhile, and 429. Both outcomes are audited.
 */
export async function reauthenticate(
  session: SessionPrincipal,
  origin: Origin,
  { password }: ReauthenticateInput,
): Promise<void> {
  if (session.method === "sso")
    throw new Problem({ code: "forbidden" }, "Confirm who you are where you signed in: by single sign-on");
  await confirmPassword(session, origin, { password, path: "password", refusal: "session.reauthentication_refused" });
  await db.$transaction(async (transaction) => {
    await holdOwnSession(transaction, session);
    await transaction.$executeRaw`update sessions set authenticated_at = now() where id = ${session.sessionId}::uuid`;
    await recordAccountAudit(
      transaction,
      { userId: session.user.id, actor: actorOf(session), origin },
      { action: "session.reauthenticated" },
    );
  });
}
