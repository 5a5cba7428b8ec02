import { z } from "zod";
import { fromRow, parseOrganizationId, parseTenantId, parseUserId } from "@/lib/access/ids";
import type { SessionPrincipal } from "@/lib/access/principal";
import { roleIds } from "@/lib/access/roles";
import { countingMemberships } from "@/lib/access/sso-rule";
import type { SessionClaims } from "@/lib/auth";
import { preparedDb } from "@/lib/db/client";
import { env } from "@/lib/env";
import { lifetimeSeconds } from "./lifetime";
import { seenPrecisionSeconds } from "./seen";

const rowSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  authenticatedSecondsAgo: z.number(),
  seenAwhileAgo: z.boolean(),
  method: z.enum(["password", "sso"]),
  memberships: z.array(
    z.object({
      organizationId: z.uuid(),
      tenantId: z.uuid().nullable(),
      role: z.enum(roleIds),
      ssoRequired: z.boolean(),
    }),
  ),
});

/**
 * The session that a cookie names, with its user and the roles that count, in one statement; null when it has ended, was
 * idle for too long or has reached its age. Every time is the database's, so that no instance's clock counts.
 */
export async function findLiveSession(
  claims: SessionClaims,
): Promise<{ principal: SessionPrincipal; seenAwhileAgo: boolean } | null> {
  const { sessionId, userId, sessionVersion } = claims;
  const [row] = await preparedDb.$queryRaw<unknown[]>`
    select users.id, users.name, users.email, sessions.method,
      extract(epoch from now() - sessions.authenticated_at)::float8 as "authenticatedSecondsAgo",
      sessions.last_seen_at < now() - make_interval(secs => ${seenPrecisionSeconds}) as "seenAwhileAgo",
      coalesce((
        select json_agg(json_build_object(
          'organizationId', organization_id, 'tenantId', tenant_id, 'role', role, 'ssoRequired', sso_required))
        from memberships join organizations on organizations.id = organization_id
        where user_id = users.id
      ), '[]') as memberships
    from sessions join users on users.id = sessions.user_id and users.session_version = sessions.session_version
    where sessions.id = ${sessionId}::uuid and users.id = ${userId}::uuid
      and sessions.session_version = ${sessionVersion} and users.disabled_at is null and sessions.ended_at is null
      and sessions.last_seen_at > now() - make_interval(secs => ${env.SESSION_IDLE_SECONDS})
      and sessions.created_at > now() - make_interval(secs =>
        case sessions.method when 'sso' then ${lifetimeSeconds("sso")}::int else ${lifetimeSeconds("password")}::int end)`;
  if (row === undefined) return null;
  const { id, name, email, method, authenticatedSecondsAgo, seenAwhileAgo, memberships } = rowSchema.parse(row);
  const ruled = memberships.map(({ organizationId, tenantId, ...membership }) => ({
    ...membership,
    organizationId: fromRow(parseOrganizationId, organizationId),
    tenantId: tenantId === null ? null : fromRow(parseTenantId, tenantId),
  }));
  return {
    principal: {
      kind: "session",
      method,
      user: { id: fromRow(parseUserId, id), name, email },
      sessionVersion,
      sessionId,
      authenticatedSecondsAgo,
      ...countingMemberships(ruled, { kind: "session", method }),
    },
    seenAwhileAgo,
  };
}
