import type { OrganizationGrant } from "@/lib/access/decide";
import { missingForRole, type RoleId, roles } from "@/lib/access/roles";
import type { Prisma } from "@/lib/db/generated/client";
import { notFound, Problem } from "@/lib/errors";
import type { MemberRow } from "./queries";

/** What keeps an organization governed: every change of its members asks these, in its transaction. */

type UserWrite = OrganizationGrant<"user:write">;

/** Makes changes to the members of one organization happen one after the other. The first statement of each. */
export async function lockMembers(transaction: Prisma.TransactionClient, grant: UserWrite): Promise<void> {
  // Not `for update`, which would also hold off every new token of the organization.
  const found = await transaction.$queryRaw<unknown[]>`
    select 1 from organizations where id = ${grant.organizationId}::uuid for no key update`;
  if (found.length === 0) throw notFound("organization");
}

/** Throws 403 when the role holds more than the caller does: nobody gives what they do not have. */
export function requireGrantable(grant: UserWrite, role: RoleId): void {
  if (missingForRole(role, grant.heldScopes).length === 0) return;
  throw new Problem(
    { code: "forbidden" },
    `You cannot give the role ${roles[role].label}: it may do more than you may here`,
  );
}

/** Throws 403 when the member has a role that holds more than the caller does. */
export function requireWithinReach(grant: UserWrite, member: MemberRow): void {
  const above = member.memberships.find(({ role }) => missingForRole(role, grant.heldScopes).length > 0);
  if (!above) return;
  throw new Problem(
    { code: "forbidden" },
    `You cannot change a member with the role ${roles[above.role].label}: it may do more than you may here`,
  );
}

/** Throws 409 when the caller is the member: some things another person has to do. */
export function requireSomebodyElse(grant: UserWrite, member: MemberRow, message: string): void {
  const { principal } = grant;
  if (principal.kind !== "apiToken" && principal.user.id === member.id)
    throw new Problem({ code: "conflict" }, message);
}

/** Whether a role may change who has access: it is given by those only who have just given their password. */
export function isAdministrative(role: RoleId): boolean {
  return role === "owner" || role === "admin";
}

/** Whether the member holds the role Owner throughout the organization. */
export function isOwner(member: Pick<MemberRow, "memberships">): boolean {
  return member.memberships.some(({ role, tenantId }) => role === "owner" && tenantId === null);
}

/** Called after a change that took an owner away, under the lock. Throws 409, which undoes it, if that was the last. */
export async function requireOwnerLeft(transaction: Prisma.TransactionClient, grant: UserWrite): Promise<void> {
  const owner = await transaction.membership.findFirst({
    where: { organizationId: grant.organizationId, tenantId: null, role: "owner", user: { disabledAt: null } },
    select: { id: true },
  });
  if (owner) return;
  throw new Problem(
    { code: "conflict" },
    "This is the last active owner of the organization. Make somebody else an owner first.",
  );
}

/**
 * Locks the member's account and throws 409 when it is not this organization's alone. A person may be a member of
 * several; none of them can lock that person out of the others, or take their account over.
 */
export async function requireOwnAccount(
  transaction: Prisma.TransactionClient,
  grant: UserWrite,
  userId: string,
): Promise<void> {
  // Also holds off a membership elsewhere that is about to be written.
  await transaction.$queryRaw`select 1 from users where id = ${userId}::uuid for update`;
  const elsewhere = await transaction.membership.findFirst({
    where: { userId, organizationId: { not: grant.organizationId } },
    select: { id: true },
  });
  if (!elsewhere) return;
  throw new Problem(
    { code: "conflict" },
    "This person is a member of another organization, too, so their account is not yours to change. " +
      "Remove them from this organization instead: that ends their access here at once.",
  );
}
