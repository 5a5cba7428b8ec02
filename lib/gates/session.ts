import { fromRow, parseOrganizationId, parseTenantId, parseUserId } from "@/lib/access/ids";
import type { Membership, SessionPrincipal } from "@/lib/access/principal";
import { readSessionClaims } from "@/lib/auth";
import { db } from "@/lib/db/client";

/**
 * Makes a session principal from a Cookie header; null when there is no session. The user, their roles and the session
 * version are read anew each time, so that a disabled user is out at once.
 */
export async function sessionPrincipal(cookieHeader: string | null): Promise<SessionPrincipal | null> {
  const claims = await readSessionClaims(cookieHeader);
  if (!claims) return null;
  const user = await db.user.findFirst({
    where: { id: claims.userId, sessionVersion: claims.sessionVersion, disabledAt: null },
    select: {
      id: true,
      name: true,
      email: true,
      memberships: { select: { organizationId: true, tenantId: true, role: true } },
    },
  });
  if (!user) return null;
  const memberships: Membership[] = user.memberships.map((row) => ({
    organizationId: fromRow(parseOrganizationId, row.organizationId),
    tenantId: row.tenantId === null ? null : fromRow(parseTenantId, row.tenantId),
    role: row.role,
  }));
  return {
    kind: "session",
    user: { id: fromRow(parseUserId, user.id), name: user.name, email: user.email },
    sessionVersion: claims.sessionVersion,
    memberships,
  };
}
