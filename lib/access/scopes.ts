/**
 * The scope catalogue: the one table of what a token or a role can be allowed to do.
 * The picker, `GET /identity/permissions`, roles, permission sets and the decision all read it.
 */
const catalogue = {
  pipeline: {
    label: "Pipelines",
    group: "data",
    scopes: {
      read: { label: "Read pipelines", description: "List pipelines and see their configuration." },
      write: { label: "Write pipelines", description: "Create, change, enable, disable and delete pipelines." },
    },
  },
  collector: {
    label: "Collectors",
    group: "data",
    scopes: {
      read: { label: "Read collectors", description: "List collectors and see their settings and state." },
      write: { label: "Write collectors", description: "Register, change and remove collectors." },
    },
  },
  metrics: {
    label: "Metrics",
    group: "data",
    scopes: {
      read: { label: "Read metrics", description: "List datasets and query their points." },
      write: { label: "Write metrics", description: "Create datasets and ingest points." },
    },
  },
  alerts: {
    label: "Alerts",
    group: "data",
    scopes: {
      read: { label: "Read alerts", description: "List alerts and see their state." },
      write: { label: "Write alerts", description: "Raise, acknowledge and resolve alerts." },
    },
  },
  knowledge: {
    label: "Knowledge",
    group: "data",
    scopes: {
      read: { label: "Read knowledge", description: "Read and search knowledge articles." },
      write: { label: "Write knowledge", description: "Create, edit and delete knowledge articles." },
    },
  },
  tenant: {
    label: "Tenant",
    group: "administration",
    scopes: {
      read: { label: "Read tenant", description: "See the tenant's settings." },
      write: { label: "Write tenant", description: "Change the tenant's settings and token policy." },
    },
  },
  token: {
    label: "API tokens",
    group: "administration",
    scopes: {
      read: { label: "Read API tokens", description: "List API tokens and see their scopes and last use." },
      write: { label: "Write API tokens", description: "Create, change, rotate and revoke API tokens." },
    },
  },
  user: {
    label: "Users",
    group: "administration",
    scopes: {
      read: { label: "Read users", description: "List members and their roles." },
      write: { label: "Write users", description: "Add and disable members and change their roles." },
    },
  },
  organization: {
    label: "Organization",
    group: "administration",
    scopes: {
      read: { label: "Read organization", description: "See the organization's settings and tenants." },
      write: { label: "Write organization", description: "Change the organization's settings and tenants." },
    },
  },
  audit: {
    label: "Audit log",
    group: "administration",
    scopes: {
      read: { label: "Read audit log", description: "See and export the record of everything done." },
    },
  },
} as const satisfies Record<string, ResourceEntry>;

interface ResourceEntry {
  label: string;
  group: ResourceGroup;
  scopes: Partial<Record<ScopeAction, { label: string; description: string }>>;
}

export type ScopeAction = "read" | "write";
export type ResourceGroup = "data" | "administration";
export type Resource = keyof typeof catalogue;
/** A concrete permission, `resource:action`. Wildcards are input only; see expandScopes. */
export type Scope = { [R in Resource]: `${R}:${keyof (typeof catalogue)[R]["scopes"] & string}` }[Resource];

export interface CatalogueScope {
  scope: Scope;
  resource: Resource;
  action: ScopeAction;
  label: string;
  description: string;
}

export interface CatalogueResource {
  resource: Resource;
  label: string;
  group: ResourceGroup;
  scopes: readonly CatalogueScope[];
}

/** The catalogue as rows, in the order the picker shows them. */
export const resources: readonly CatalogueResource[] = Object.entries<ResourceEntry>(catalogue).map(
  ([resource, entry]) => ({
    // The keys of `catalogue` are Resource by definition; Object.entries widens them to string.
    resource: resource as Resource,
    label: entry.label,
    group: entry.group,
    scopes: Object.entries(entry.scopes).map(([action, text]) => ({
      scope: `${resource}:${action}` as Scope,
      resource: resource as Resource,
      action: action as ScopeAction,
      ...text,
    })),
  }),
);

/** Every concrete scope, in catalogue order. */
export const allScopes: readonly Scope[] = resources.flatMap((entry) => entry.scopes.map(({ scope }) => scope));

const scopeOrder = new Map<string, number>(allScopes.map((scope, index) => [scope, index]));

/** True for a concrete scope of the catalogue (RFC 6749 §3.3 scope-token with a fixed vocabulary). */
export function isScope(value: string): value is Scope {
  return scopeOrder.has(value);
}

/** The same scopes without repeats, in catalogue order. */
export function sortScopes(scopes: Iterable<Scope>): Scope[] {
  return [...new Set(scopes)].sort((a, b) => (scopeOrder.get(a) ?? 0) - (scopeOrder.get(b) ?? 0));
}

/**
 * Expands scopes and the wildcards `*:read`, `*:write`, `pipeline:*` and `*:*` to concrete scopes in catalogue order.
 * A value that matches nothing is returned in `unknown`, never ignored.
 */
export function expandScopes(
  requested: readonly string[],
): { ok: true; scopes: Scope[] } | { ok: false; unknown: string[] } {
  const expanded: Scope[] = [];
  const unknown: string[] = [];
  for (const value of requested) {
    const matches = matchingScopes(value);
    if (matches.length === 0) unknown.push(value);
    expanded.push(...matches);
  }
  return unknown.length > 0 ? { ok: false, unknown } : { ok: true, scopes: sortScopes(expanded) };
}

/** The scopes asked for that are not held, in catalogue order. */
export function missingScopes(wanted: readonly Scope[], held: readonly Scope[]): Scope[] {
  const heldSet = new Set(held);
  return sortScopes(wanted.filter((scope) => !heldSet.has(scope)));
}

function matchingScopes(value: string): readonly Scope[] {
  if (isScope(value)) return [value];
  const [resource, action, ...rest] = value.split(":");
  if (rest.length > 0 || (resource !== "*" && action !== "*")) return [];
  return resources
    .flatMap((entry) => entry.scopes)
    .filter((entry) => (resource === "*" || entry.resource === resource) && (action === "*" || entry.action === action))
    .map(({ scope }) => scope);
}
