import type { OrganizationId } from "./ids";
import type { Membership, SignInMethod } from "./principal";

/** A membership with what its organization demands. */
export interface RuledMembership extends Membership {
  ssoRequired: boolean;
}

/**
 * The memberships that count. In an organization that requires single sign-on, those of whoever came by a password do
 * not, but for the session of an owner: without that, a provider that is down would lock everybody out.
 */
export function countingMemberships(
  all: readonly RuledMembership[],
  by: { kind: "session" | "personalToken"; method: SignInMethod },
): { memberships: Membership[]; ssoRequiredIn: OrganizationId[] } {
  const owned = new Set(all.filter(isOwner).map(({ organizationId }) => organizationId));
  const counts = ({ ssoRequired, organizationId }: RuledMembership) =>
    !ssoRequired || by.method === "sso" || (by.kind === "session" && owned.has(organizationId));
  const withheld = all.filter((membership) => !counts(membership)).map(({ organizationId }) => organizationId);
  return {
    memberships: all.filter(counts).map(({ organizationId, tenantId, role }) => ({ organizationId, tenantId, role })),
    ssoRequiredIn: [...new Set(withheld)],
  };
}

function isOwner({ role, tenantId }: Membership): boolean {
  return role === "owner" && tenantId === null;
}
