import { allScopes, missingScopes, type Scope, sortScopes } from "./scopes";

export const roleIds = ["owner", "admin", "editor", "viewer"] as const;
export type RoleId = (typeof roleIds)[number];

interface Role {
  label: string;
  description: string;
  scopes: readonly Scope[];
}

const dataResources = ["pipeline", "collector", "metrics", "alerts", "knowledge"] as const;
const dataRead = dataResources.map((resource) => `${resource}:read` as const);
const dataWrite = dataResources.map((resource) => `${resource}:write` as const);

/** What each role may do. A role is held in a whole organization or in one tenant of it. */
export const roles: Readonly<Record<RoleId, Role>> = {
  owner: { label: "Owner", description: "Everything, the organization itself included.", scopes: allScopes },
  admin: {
    label: "Admin",
    description: "Everything but changing the organization.",
    scopes: allScopes.filter((scope) => scope !== "organization:write"),
  },
  editor: {
    label: "Editor",
    description: "Reads and writes data; sees the tenant's API tokens.",
    scopes: sortScopes([...dataRead, ...dataWrite, "tenant:read", "token:read"]),
  },
  viewer: {
    label: "Viewer",
    description: "Sees data and the tenant's API tokens; changes nothing.",
    scopes: sortScopes([...dataRead, "tenant:read", "token:read"]),
  },
};

/** The scopes of a role that are not among those held: whoever lacks any cannot give the role or take it away. */
export function missingForRole(role: RoleId, held: readonly Scope[]): Scope[] {
  return missingScopes(roles[role].scopes, held);
}
