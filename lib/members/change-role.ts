import type { OrganizationGrant } from "@/lib/access/decide";
import type { RoleId } from "@/lib/access/roles";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { notFound, Problem } from "@/lib/errors";
import { requireRecentAuthentication } from "@/lib/sessions/recent-authentication";
import { findMember, type MemberRow, memberViewOf } from "./queries";
import {
  isAdministrative,
  isOwner,
  lockMembers,
  requireGrantable,
  requireOwnerLeft,
  requireWithinReach,
} from "./rules";
import type { MemberView } from "./schema";
import { requireTenant } from "./tenant";

/**
 * Gives a member a role in one tenant or, with tenantId null, throughout the organization, in place of the one they
 * have there; null takes it away. Throws 404, 403 for a role or member above the caller and, for an owner or admin,
 * when the caller's password was given too long ago, and 409 when it would take the last owner's role or the member's
 * only one.
 */
export async function changeRole(
  grant: OrganizationGrant<"user:write">,
  userId: string,
  input: { role: RoleId | null; tenantId: string | null },
): Promise<MemberView> {
  const { role, tenantId } = input;
  if (role !== null) requireGrantable(grant, role);
  if (role !== null && isAdministrative(role)) requireRecentAuthentication(grant.principal);
  return db.$transaction(async (transaction) => {
    await lockMembers(transaction, grant);
    await requireTenant(transaction, grant, tenantId);
    const member = await findMember(transaction, grant, userId);
    requireWithinReach(grant, member);
    const before = member.memberships.find((membership) => membership.tenantId === tenantId);
    if (before?.role === role) return memberViewOf(member);
    if (role === null) await takeAway(transaction, member, before?.id);
    else await give(transaction, grant, { userId, tenantId, role, membershipId: before?.id });
    const after = await findMember(transaction, grant, userId);
    if (isOwner(member) && !isOwner(after)) await requireOwnerLeft(transaction, grant);
    await recordAudit(transaction, grant, [
      {
        action: "member.role_changed",
        target: { kind: "user", id: userId, label: member.email },
        details: { tenantId, before: before?.role ?? null, after: role },
      },
    ]);
    return memberViewOf(after);
  });
}

async function give(
  transaction: Prisma.TransactionClient,
  grant: OrganizationGrant<"user:write">,
  to: { userId: string; tenantId: string | null; role: RoleId; membershipId: string | undefined },
): Promise<void> {
  const { userId, tenantId, role, membershipId } = to;
  if (membershipId === undefined)
    await transaction.membership.create({ data: { userId, organizationId: grant.organizationId, tenantId, role } });
  else await transaction.membership.update({ where: { id: membershipId }, data: { role } });
}

async function takeAway(
  transaction: Prisma.TransactionClient,
  member: MemberRow,
  membershipId: string | undefined,
): Promise<void> {
  if (membershipId === undefined) throw notFound("role");
  if (member.memberships.length === 1)
    throw new Problem({ code: "conflict" }, "This is the member's only role here; remove the member instead");
  await transaction.membership.delete({ where: { id: membershipId } });
}
