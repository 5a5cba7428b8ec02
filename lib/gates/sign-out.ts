import type { Origin } from "@/lib/access/principal";
import { endOwnSession } from "@/lib/sessions/own";
import { sessionPrincipal } from "./session";

/** Ends the session of a Cookie header, if it has one that works. Throws when the database cannot. */
export async function endCookieSession(cookieHeader: string | null, origin: Origin): Promise<void> {
  const session = await sessionPrincipal(cookieHeader);
  if (session) await endOwnSession(session, origin);
}
