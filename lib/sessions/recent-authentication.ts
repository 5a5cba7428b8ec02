import type { Principal } from "@/lib/access/principal";
import { env } from "@/lib/env";
import { Problem } from "@/lib/errors";

/**
 * Demands that the user of a session has given their password lately: what a stolen cookie or an unlocked screen must
 * not do. Throws 403 `reauthentication_required`. Tokens have no password to give; what made them did.
 */
export function requireRecentAuthentication(principal: Principal): void {
  const windowSeconds = env.REAUTHENTICATION_WINDOW_SECONDS;
  if (windowSeconds === "off" || principal.kind !== "session") return;
  if (principal.authenticatedSecondsAgo <= windowSeconds) return;
  throw new Problem(
    { code: "reauthentication_required" },
    "Confirm your password to do this: you last gave it too long ago",
  );
}
