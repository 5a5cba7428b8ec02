import type { OrganizationGrant } from "@/lib/access/decide";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { findMember } from "./queries";
import { isOwner, lockMembers, requireOwnerLeft, requireSomebodyElse, requireWithinReach } from "./rules";

/**
 * Takes every role in the organization and its tenants from a member, at once. The account stays, for other
 * organizations or a return. Throws 404, 403 for a member above the caller, and 409 for the last owner or oneself.
 */
export async function removeMember(grant: OrganizationGrant<"user:write">, userId: string): Promise<void> {
  await db.$transaction(async (transaction) => {
    await lockMembers(transaction, grant);
    const member = await findMember(transaction, grant, userId);
    requireSomebodyElse(grant, member, "You cannot remove yourself; ask another owner or admin");
    requireWithinReach(grant, member);
    await transaction.membership.deleteMany({ where: { userId, organizationId: grant.organizationId } });
    if (isOwner(member)) await requireOwnerLeft(transaction, grant);
    await recordAudit(transaction, grant, [
      {
        action: "member.removed",
        target: { kind: "user", id: userId, label: member.email },
        details: { roles: member.memberships.map(({ role, tenantId }) => ({ role, tenantId })) },
      },
    ]);
  });
}
