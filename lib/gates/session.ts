import type { SessionPrincipal } from "@/lib/access/principal";
import { readSessionClaims } from "@/lib/auth";
import { findLiveSession } from "@/lib/sessions/live";
import { markSeen } from "@/lib/sessions/seen";

/**
 * Makes a session principal from a Cookie header; null when there is no session. The session, its user, their roles and
 * the session version are read anew each time, so that a session that was ended and a disabled user are out at once.
 */
export async function sessionPrincipal(cookieHeader: string | null): Promise<SessionPrincipal | null> {
  const claims = await readSessionClaims(cookieHeader);
  const live = claims && (await findLiveSession(claims));
  if (!live) return null;
  if (live.seenAwhileAgo) await markSeen(live.principal.sessionId);
  return live.principal;
}
