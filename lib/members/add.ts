import type { OrganizationGrant } from "@/lib/access/decide";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { invalidRequest, Problem } from "@/lib/errors";
import { generatePassword, hashPassword } from "@/lib/passwords";
import { findMember, memberViewOf } from "./queries";
import { lockMembers, requireGrantable } from "./rules";
import type { AddMemberInput, MemberView } from "./schema";
import { requireTenant } from "./tenant";

/**
 * Adds a person to the organization, with an account if they have none. A generated password is in the result and
 * nowhere else. Throws 403 for a role above the caller's, 409 for a member, and 400 for a password or tenant that
 * cannot be.
 */
export async function addMember(
  grant: OrganizationGrant<"user:write">,
  input: AddMemberInput,
): Promise<{ user: MemberView; password: string | null }> {
  const { email, name, role } = input;
  const tenantId = input.tenantId ?? null;
  requireGrantable(grant, role);
  const password = input.password ?? generatePassword();
  const passwordHash = await hashPassword(password);
  return db.$transaction(async (transaction) => {
    await lockMembers(transaction, grant);
    await requireTenant(transaction, grant, tenantId);
    // Another organization may be adding the same person now: whoever comes second finds the account.
    const { count } = await transaction.user.createMany({
      data: [{ email, name, passwordHash }],
      skipDuplicates: true,
    });
    const isNew = count === 1;
    const { id, memberships } = await transaction.user.findUniqueOrThrow({
      where: { email },
      select: { id: true, memberships: { where: { organizationId: grant.organizationId }, select: { id: true } } },
    });
    if (memberships.length > 0)
      throw new Problem({ code: "conflict" }, `${email} is a member already; change their role instead`);
    if (!isNew && input.password !== undefined)
      throw invalidRequest([
        { path: "password", message: "This person has an account and keeps its password; leave this empty" },
      ]);
    await transaction.membership.create({
      data: { userId: id, organizationId: grant.organizationId, tenantId, role },
    });
    const user = memberViewOf(await findMember(transaction, grant, id));
    await recordAudit(transaction, grant, [
      {
        action: "member.added",
        target: { kind: "user", id, label: email },
        details: { role, tenantId, newAccount: isNew },
      },
    ]);
    return { user, password: isNew && input.password === undefined ? password : null };
  });
}
