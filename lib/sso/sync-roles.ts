import type { Origin } from "@/lib/access/principal";
import { type AuditEntry, type AuditRow, actorOf, auditRow } from "@/lib/audit/events";
import type { Prisma } from "@/lib/db/generated/client";
import { log } from "@/lib/log";
import { type SsoAccount, ssoActor } from "./account";
import { type MappedRole, placeOf } from "./role-map";

/** Of the roles that groups lead to, those in places that there are. */
export async function rolesThatExist(
  transaction: Prisma.TransactionClient,
  mapped: readonly MappedRole[],
): Promise<MappedRole[]> {
  const ids = mapped.map(({ organizationId }) => organizationId);
  const organizations = await transaction.organization.findMany({
    where: { id: { in: ids } },
    select: { id: true, tenants: { select: { id: true } } },
  });
  const places = new Set(
    organizations.flatMap(({ id, tenants }) => [
      placeOf({ organizationId: id, tenantId: null }),
      ...tenants.map((tenant) => placeOf({ organizationId: id, tenantId: tenant.id })),
    ]),
  );
  for (const { organizationId, tenantId } of mapped)
    if (!places.has(placeOf({ organizationId, tenantId })))
      log.warn({ organizationId, tenantId }, "OIDC_ROLE_MAP names a place that there is not");
  return mapped.filter((role) => places.has(placeOf(role)));
}

/** Makes changes to the members of these organizations happen one after the other, as every change of them does. */
export async function lockOrganizations(transaction: Prisma.TransactionClient, ids: readonly string[]): Promise<void> {
  await transaction.$queryRaw`
    select 1 from organizations where id = any(${[...ids]}::uuid[]) order by id for no key update`;
}

/**
 * Gives an account the roles that its groups lead to, and takes away those that groups led to before. Roles that people
 * gave stay as they are, and count instead. The last owner of an organization stays one. Returns what to put on record.
 */
export async function syncRoles(
  transaction: Prisma.TransactionClient,
  account: SsoAccount,
  mapped: readonly MappedRole[],
  { organizationIds, origin }: { organizationIds: readonly string[]; origin: Origin },
): Promise<AuditRow[]> {
  const before = await transaction.membership.findMany({
    where: { userId: account.id, organizationId: { in: [...organizationIds] } },
    select: { id: true, organizationId: true, tenantId: true, role: true, fromGroup: true },
  });
  const rows: AuditRow[] = [];
  const target = { kind: "user", id: account.id, label: account.email };
  const note = (organizationId: string, entry: AuditEntry) =>
    rows.push(auditRow({ organizationId, tenantId: null, actor: actorOf(ssoActor), origin }, { ...entry, target }));
  const wanted = new Map(mapped.map((role) => [placeOf(role), role]));
  const members = new Map(before.map(({ organizationId }) => [organizationId, rolesIn(before, organizationId)]));

  for (const held of before.filter(({ fromGroup }) => fromGroup)) {
    const { organizationId, tenantId, role } = held;
    const next = wanted.get(placeOf(held))?.role ?? null;
    if (next === role) continue;
    const change = { tenantId, before: role, after: next };
    const isLastOwner = role === "owner" && tenantId === null && !(await hasOtherOwner(transaction, held, account.id));
    if (isLastOwner) {
      note(organizationId, { action: "member.role_changed", outcome: "denied", reason: "last_owner", details: change });
      continue;
    }
    if (next !== null) await transaction.membership.update({ where: { id: held.id }, data: { role: next } });
    else await transaction.membership.delete({ where: { id: held.id } });
    const left = (members.get(organizationId) ?? 0) - (next === null ? 1 : 0);
    members.set(organizationId, left);
    if (left > 0) note(organizationId, { action: "member.role_changed", details: change });
    else note(organizationId, { action: "member.removed", details: { roles: [{ role, tenantId }] } });
  }
  const heldPlaces = new Set(before.map(placeOf));
  for (const { organizationId, tenantId, role } of mapped) {
    if (heldPlaces.has(placeOf({ organizationId, tenantId }))) continue;
    await transaction.membership.create({
      data: { userId: account.id, organizationId, tenantId, role, fromGroup: true },
    });
    const count = members.get(organizationId) ?? 0;
    members.set(organizationId, count + 1);
    if (count > 0)
      note(organizationId, { action: "member.role_changed", details: { tenantId, before: null, after: role } });
    else
      note(organizationId, {
        action: "member.added",
        details: { role, tenantId, newAccount: account.found === "created" },
      });
  }
  return rows;
}

function rolesIn(memberships: readonly { organizationId: string }[], organizationId: string): number {
  return memberships.filter((membership) => membership.organizationId === organizationId).length;
}

async function hasOtherOwner(
  transaction: Prisma.TransactionClient,
  { organizationId }: { organizationId: string },
  userId: string,
): Promise<boolean> {
  const other = await transaction.membership.findFirst({
    where: { organizationId, tenantId: null, role: "owner", userId: { not: userId }, user: { disabledAt: null } },
    select: { id: true },
  });
  return other !== null;
}
