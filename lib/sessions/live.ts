import { z } from "zod";
import { roleIds } from "@/lib/access/roles";
import type { SessionClaims } from "@/lib/auth";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { seenPrecisionSeconds } from "./seen";

const rowSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  authenticatedSecondsAgo: z.number(),
  seenAwhileAgo: z.boolean(),
  memberships: z.array(z.object({ organizationId: z.uuid(), tenantId: z.uuid().nullable(), role: z.enum(roleIds) })),
});

/**
 * The session that a cookie names, with its user and their roles, in one statement; null when it has ended, was idle for
 * too long or has reached its age. Every time is the database's, so that no instance's clock counts.
 */
export async function findLiveSession({ sessionId, userId, sessionVersion }: SessionClaims) {
  const [row] = await db.$queryRaw<unknown[]>`
    select users.id, users.name, users.email,
      extract(epoch from now() - sessions.authenticated_at)::float8 as "authenticatedSecondsAgo",
      sessions.last_seen_at < now() - make_interval(secs => ${seenPrecisionSeconds}) as "seenAwhileAgo",
      coalesce((
        select json_agg(json_build_object('organizationId', organization_id, 'tenantId', tenant_id, 'role', role))
        from memberships where user_id = users.id
      ), '[]') as memberships
    from sessions join users on users.id = sessions.user_id and users.session_version = sessions.session_version
    where sessions.id = ${sessionId}::uuid and users.id = ${userId}::uuid
      and sessions.session_version = ${sessionVersion} and users.disabled_at is null and sessions.ended_at is null
      and sessions.last_seen_at > now() - make_interval(secs => ${env.SESSION_IDLE_SECONDS})
      and sessions.created_at > now() - make_interval(secs => ${env.SESSION_LIFETIME_SECONDS})`;
  if (row === undefined) return null;
  const { id, name, email, ...live } = rowSchema.parse(row);
  return { ...live, sessionId, user: { id, name, email } };
}
