import { missingForRole, type RoleId, roleIds, roles } from "@/lib/access/roles";
import type { Scope } from "@/lib/access/scopes";
import type { MemberView } from "@/lib/members/schema";

export interface NamedTenant {
  id: string;
  name: string;
}

/** A place a role can be held in; null: the whole organization. */
export type PlaceId = string | null;

/** "Whole organization", or the tenant's name. */
export function placeName(place: PlaceId, tenants: readonly NamedTenant[]): string {
  if (place === null) return "Whole organization";
  return tenants.find(({ id }) => id === place)?.name ?? "A tenant that is gone";
}

/** Why the user cannot give this role; undefined when they can. */
export function reasonAgainstGiving(role: RoleId, heldScopes: readonly Scope[]): string | undefined {
  const missing = missingForRole(role, heldScopes);
  return missing.length === 0 ? undefined : `It may do more than you: you don't hold ${missing[0]}.`;
}

/** The roles as cards, those beyond the user's own disabled with the reason. */
export function roleCards(heldScopes: readonly Scope[]) {
  return roleIds.map((role) => ({
    value: role,
    label: roles[role].label,
    description: roles[role].description,
    disabledReason: reasonAgainstGiving(role, heldScopes),
  }));
}

/** Why the user cannot change this member at all; undefined when they can. */
export function reasonAgainstChanging(member: MemberView, heldScopes: readonly Scope[]): string | undefined {
  const above = member.memberships.find(({ role }) => missingForRole(role, heldScopes).length > 0);
  return above && `Their role ${roles[above.role].label} may do more than yours.`;
}

/** Whether the member holds the role Owner throughout the organization, with an account that works. */
export function isActiveOwner(member: MemberView): boolean {
  return member.active && member.memberships.some(({ role, tenantId }) => role === "owner" && tenantId === null);
}

export const lastOwnerReason = "They are the last active owner. Make somebody else an owner first.";
