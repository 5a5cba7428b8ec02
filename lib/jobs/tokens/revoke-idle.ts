import { recordAudit, systemOrigin } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { queueNotices } from "@/lib/notices/queue";
import { eachPlace } from "../each-place";
import { idleSince, working } from "./working";

const principal = { kind: "system", label: "Idle revocation" } as const;

/**
 * Revokes the working tokens that were not used for longer than their tenant's policy allows. The one statement that
 * revokes them looks again: a token that was used, or a policy that changed, since the job began is heeded.
 */
export async function revokeIdleTokens(now: Date): Promise<void> {
  const tenants = await db.$queryRaw<{ organizationId: string; tenantId: string }[]>`
    select distinct t.organization_id as "organizationId", t.tenant_id as "tenantId"
    from tokens t join tenants p on p.id = t.tenant_id where ${idle(now)}`;
  const origin = systemOrigin("revoke-idle-tokens");
  await eachPlace(tenants, async (transaction, place) => {
    const revoked = await transaction.$queryRaw<{ id: string; name: string; hint: string; note: string }[]>`
      with found as (
        select t.id, format('Not used for %s days, the limit of the tenant''s policy', p.idle_revocation_days) as note
        from tokens t join tenants p on p.id = t.tenant_id
        where t.tenant_id = ${place.tenantId}::uuid and ${idle(now)}
        -- A row that is locked now is being used, or changed by somebody: it is left to them.
        for no key update of t skip locked
      )
      update tokens t set revoked_at = ${now}, revoked_by_id = null, revoked_reason = 'unused', revoked_note = found.note
      from found where t.id = found.id
      returning t.id, t.name, t.hint, found.note`;
    await queueNotices(
      transaction,
      place,
      revoked.map(({ note, ...token }) => ({ type: "token.revoked", token, reason: "unused", note })),
    );
    if (revoked.length > 0)
      await recordAudit(
        transaction,
        { ...place, principal, origin },
        revoked.map(({ id, hint, note }) => ({
          action: "token.revoked",
          target: { kind: "token", id, label: hint },
          reason: "unused",
          details: { note },
        })),
      );
  });
}

function idle(now: Date): Prisma.Sql {
  return Prisma.sql`t.kind = 'api' and ${working(now)}
    and ${idleSince} < ${now}::timestamptz - make_interval(days => p.idle_revocation_days)`;
}
