import type { OrganizationGrant } from "@/lib/access/decide";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { invalidRequest, Problem } from "@/lib/errors";
import { generatePassword, hashPassword } from "@/lib/passwords";
import { requireUncommonPassword } from "@/lib/passwords-blocklist";
import { requireRecentAuthentication } from "@/lib/sessions/recent-authentication";
import { findMember, memberViewOf } from "./queries";
import { isAdministrative, lockMembers, requireGrantable } from "./rules";
import type { AddMemberInput, MemberView } from "./schema";
import { requireTenant } from "./tenant";

/**
 * Adds a person to the organization, with an account if they have none. A generated password is in the result and
 * nowhere else. Throws 403 for a role above the caller's and, for an owner or admin, when the caller's password
 * was given too long ago; 409 for a member, and 400 for a password or tenant that cannot be.
 */
export async function addMember(
  grant: OrganizationGrant<"user:write">,
  input: AddMemberInput,
): Promise<{ user: MemberView; password: string | null }> {
  const { email, name, role } = input;
  const tenantId = input.tenantId ?? null;
  requireGrantable(grant, role);
  if (isAdministrative(role)) requireRecentAuthentication(grant.principal);
  if (input.password !== undefined) await requireUncommon(grant, { ...input, password: input.password });
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

async function requireUncommon(
  grant: OrganizationGrant<"user:write">,
  { password, name, email }: { password: string; name: string; email: string },
): Promise<void> {
  const organization = await db.organization.findUniqueOrThrow({
    where: { id: grant.organizationId },
    select: { name: true },
  });
  requireUncommonPassword(password, { path: "password", names: [name, email, organization.name] });
}
