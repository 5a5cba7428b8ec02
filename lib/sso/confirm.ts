import type { Origin, SessionPrincipal } from "@/lib/access/principal";
import { actorOf, recordAccountAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { holdOwnSession } from "@/lib/sessions/own";
import type { SsoPerson } from "./identity";
import { SsoRefusal } from "./refusal";

/** How far the provider's clock may be behind this one's. */
const clockToleranceMilliseconds = 30_000;

/**
 * Confirms who is in front of a session: its user has just signed in at the OpenID provider anew. Throws SsoRefusal for
 * another person, or where the provider does not say that they gave their password since they were asked to.
 */
export async function confirmBySso(
  session: SessionPrincipal,
  person: SsoPerson,
  { askedAt, origin }: { askedAt: number; origin: Origin },
): Promise<void> {
  const { issuer, subject, authenticatedAt } = person;
  const userId = session.user.id;
  const link = await db.ssoIdentity.findUnique({ where: { userId_issuer: { userId, issuer } } });
  if (link?.subject !== subject) throw new SsoRefusal("sso_other_person", undefined, userId);
  if (authenticatedAt === null || authenticatedAt.getTime() < askedAt - clockToleranceMilliseconds)
    throw new SsoRefusal("sso_not_recent", undefined, userId);
  await db.$transaction(async (transaction) => {
    await holdOwnSession(transaction, session);
    await transaction.$executeRaw`
      update sessions set authenticated_at = least(now(), ${authenticatedAt}) where id = ${session.sessionId}::uuid`;
    await recordAccountAudit(
      transaction,
      { userId, actor: actorOf(session), origin },
      { action: "session.reauthenticated", details: { method: "sso" } },
    );
  });
}
