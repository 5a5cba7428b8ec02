import { missingForRole, type RoleId, roleIds, roles } from "@/lib/access/roles";
import type { Scope } from "@/lib/access/scopes";
import type { MemberView } from "@/lib/members/schema";
import { message } from "@/lib/text/message";
import type { Text } from "@/lib/text/text";

export interface NamedTenant {
  id: string;
  name: string;
}

/** A place a role can be held in; null: the whole organization. */
export type PlaceId = string | null;

/** "Whole organization", or the tenant's name. */
export function placeName(place: PlaceId, tenants: readonly NamedTenant[], text: Text): string {
  if (place === null) return text("Whole organization");
  return tenants.find(({ id }) => id === place)?.name ?? text("A tenant that is gone");
}

/** Why the user cannot give this role; undefined when they can. */
export function reasonAgainstGiving(role: RoleId, heldScopes: readonly Scope[], text: Text): string | undefined {
  const [missing] = missingForRole(role, heldScopes);
  return missing && text("It may do more than you: you don't hold {scope}.", { scope: missing });
}

/** The roles as cards, those beyond the user's own disabled with the reason. */
export function roleCards(heldScopes: readonly Scope[], text: Text) {
  return roleIds.map((role) => ({
    value: role,
    label: text.known(roles[role].label),
    description: text.known(roles[role].description),
    disabledReason: reasonAgainstGiving(role, heldScopes, text),
  }));
}

/** Why the user cannot change this member at all; undefined when they can. */
export function reasonAgainstChanging(
  member: MemberView,
  heldScopes: readonly Scope[],
  text: Text,
): string | undefined {
  const above = member.memberships.find(({ role }) => missingForRole(role, heldScopes).length > 0);
  return above && text("Their role {role} may do more than yours.", { role: text.known(roles[above.role].label) });
}

/** Whether the member holds the role Owner throughout the organization, with an account that works. */
export function isActiveOwner(member: MemberView): boolean {
  return member.active && member.memberships.some(({ role, tenantId }) => role === "owner" && tenantId === null);
}

export const lastOwnerReason = message("They are the last active owner. Make somebody else an owner first.");
