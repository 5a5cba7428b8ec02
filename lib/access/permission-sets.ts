import { allScopes, missingScopes, type Scope } from "./scopes";

export const permissionSetIds = ["read-only", "data-access", "ingest-only", "full-access"] as const;
export type PermissionSetId = (typeof permissionSetIds)[number];

/** A named bundle of scopes: the quick choice when a token is created. */
export interface PermissionSet {
  id: PermissionSetId;
  label: string;
  description: string;
  scopes: readonly Scope[];
  /** The token must also be limited to chosen datasets. */
  requiresDatasets: boolean;
}

const readOnly: readonly Scope[] = ["pipeline:read", "collector:read", "metrics:read"];

export const permissionSets: readonly PermissionSet[] = [
  {
    id: "read-only",
    label: "Read only",
    description: "Dashboards and exports. Sees pipelines, collectors and metrics; changes nothing.",
    scopes: readOnly,
    requiresDatasets: false,
  },
  {
    id: "data-access",
    label: "Data access",
    description: "Automation and CI. Reads and writes pipelines, collectors and metrics.",
    scopes: ["pipeline:read", "pipeline:write", "collector:read", "collector:write", "metrics:read", "metrics:write"],
    requiresDatasets: false,
  },
  {
    id: "ingest-only",
    label: "Ingest only",
    description: "Agents and devices. Sends metrics to the datasets you choose; reads nothing.",
    scopes: ["metrics:write"],
    requiresDatasets: true,
  },
  {
    id: "full-access",
    label: "Full access",
    description: "Everything this deployment exposes, administration included. Prefer a narrower set.",
    scopes: allScopes,
    requiresDatasets: false,
  },
];

/** The set with this id. */
export function permissionSet(id: PermissionSetId): PermissionSet {
  const found = permissionSets.find((set) => set.id === id);
  if (!found) throw new Error(`No permission set ${id}`);
  return found;
}

/** Each set with what the holder of `held` lacks for it; `grantable` only when that is nothing. */
export function grantableSets(held: readonly Scope[]) {
  return permissionSets.map((set) => {
    const missing = missingScopes(set.scopes, held);
    return { ...set, grantable: missing.length === 0, missingScopes: missing };
  });
}
