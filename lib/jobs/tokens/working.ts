import { Prisma } from "@/lib/db/generated/client";

/** That a token `t` works at this time: SQL, for the jobs look at all tenants' tokens at once. */
export function working(now: Date): Prisma.Sql {
  return Prisma.sql`t.revoked_at is null and (t.expires_at is null or t.expires_at > ${now}) and (
    t.kind = 'api' or exists (
      select 1 from users u where u.id = t.created_by_id and u.disabled_at is null
        and u.session_version = t.session_version))`;
}

/** When a token `t` was last of any use. */
export const idleSince = Prisma.sql`coalesce(t.last_used_at, t.created_at)`;
