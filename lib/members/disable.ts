import type { OrganizationGrant } from "@/lib/access/decide";
import { endAccess } from "@/lib/account/end-access";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { findMember, memberViewOf } from "./queries";
import {
  isOwner,
  lockMembers,
  requireOwnAccount,
  requireOwnerLeft,
  requireSomebodyElse,
  requireWithinReach,
} from "./rules";
import type { MemberView } from "./schema";

/**
 * Disables a member's account, which ends their sessions and personal tokens at once, or enables it, which brings none
 * of them back. Throws 404, 403 for a member above the caller, and 409 for the last owner, oneself, or an account that
 * another organization shares.
 */
export async function setDisabled(
  grant: OrganizationGrant<"user:write">,
  userId: string,
  disabled: boolean,
): Promise<MemberView> {
  return db.$transaction(async (transaction) => {
    await lockMembers(transaction, grant);
    const member = await findMember(transaction, grant, userId);
    requireSomebodyElse(grant, member, "You cannot disable your own account; ask another owner or admin");
    requireWithinReach(grant, member);
    await requireOwnAccount(transaction, grant, userId);
    if (disabled === (member.disabledAt !== null)) return memberViewOf(member);
    const disabledAt = disabled ? new Date() : null;
    await transaction.user.update({ where: { id: userId }, data: { disabledAt } });
    if (disabled) await endAccess(transaction, userId, grant.principal, "account_disabled");
    if (disabled && isOwner(member)) await requireOwnerLeft(transaction, grant);
    await recordAudit(transaction, grant, [
      {
        action: disabled ? "member.disabled" : "member.enabled",
        target: { kind: "user", id: userId, label: member.email },
      },
    ]);
    return memberViewOf({ ...member, disabledAt });
  });
}
