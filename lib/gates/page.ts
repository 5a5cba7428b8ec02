import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Origin, SessionPrincipal } from "@/lib/access/principal";
import { originOf } from "./origin";
import { signInPath } from "./return-to";
import { sessionPrincipal } from "./session";

/** The signed-in user of a page or a server action; null when there is none. */
export async function currentSession(): Promise<SessionPrincipal | null> {
  // Not the header: after an action that renewed the session, the page must render with the new one.
  return sessionPrincipal((await cookies()).toString());
}

/** The signed-in user of a page. Others are sent to sign in, and come back here. */
export async function requireSession(returnTo: string): Promise<SessionPrincipal> {
  const session = await currentSession();
  return session ?? redirect(signInPath(returnTo));
}

/** Where a page or server action was called from. */
export async function currentOrigin(method: "GET" | "POST", path: string): Promise<Origin> {
  return originOf(await headers(), method, path);
}
