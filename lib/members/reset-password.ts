import type { OrganizationGrant } from "@/lib/access/decide";
import { endAccess } from "@/lib/account/end-access";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { generatePassword, hashPassword } from "@/lib/passwords";
import { requireRecentAuthentication } from "@/lib/sessions/recent-authentication";
import { findMember } from "./queries";
import { lockMembers, requireOwnAccount, requireSomebodyElse, requireWithinReach } from "./rules";

/**
 * Replaces a member's password by a generated one, which is in the result and nowhere else, and ends their sessions
 * and personal tokens at once. Throws 404, 403 for a member above the caller or when the caller's
 * password was given too long ago, and 409 for oneself or an account that
 * another organization shares.
 */
export async function resetPassword(
  grant: OrganizationGrant<"user:write">,
  userId: string,
): Promise<{ password: string }> {
  requireRecentAuthentication(grant.principal);
  const password = generatePassword();
  const passwordHash = await hashPassword(password);
  await db.$transaction(async (transaction) => {
    await lockMembers(transaction, grant);
    const member = await findMember(transaction, grant, userId);
    requireSomebodyElse(grant, member, "Change your own password in your profile");
    requireWithinReach(grant, member);
    await requireOwnAccount(transaction, grant, userId);
    await transaction.user.update({ where: { id: userId }, data: { passwordHash } });
    await endAccess(transaction, userId, grant.principal, "password_reset");
    await recordAudit(transaction, grant, [
      { action: "member.password_reset", target: { kind: "user", id: userId, label: member.email } },
    ]);
  });
  return { password };
}
