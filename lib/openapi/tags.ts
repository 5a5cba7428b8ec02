/** The groups of the reference, each with the paths under it; the first that matches counts. */
export const tags = [
  {
    name: "API tokens",
    description: "Issue, find, change and revoke the tokens of a tenant.",
    paths: ["/identity/tokens"],
  },
  {
    name: "Personal tokens",
    description: "A person's own tokens. Only the person, signed in, manages them.",
    paths: ["/identity/personal-tokens"],
  },
  {
    name: "Verification",
    description: "Ask whether a token works: for gateways and other services.",
    paths: ["/identity/verify", "/identity/introspect"],
  },
  {
    name: "Organizations and permissions",
    description: "Where a caller may act, and what may be granted.",
    paths: ["/identity/organizations", "/identity/organization", "/identity/permissions"],
  },
  { name: "Members", description: "The people of an organization and their roles.", paths: ["/identity/users"] },
  { name: "Audit log", description: "The record of everything done.", paths: ["/identity/audit-events"] },
  { name: "Pipelines", description: "Move telemetry from a source to a destination.", paths: ["/v1/pipelines"] },
  { name: "Collectors", description: "Run where the telemetry is and send it in.", paths: ["/v1/collectors"] },
  { name: "Metrics", description: "Datasets, and the points in them.", paths: ["/v1/datasets", "/v1/metrics"] },
  { name: "Alerts", description: "Raised, acknowledged, resolved.", paths: ["/v1/alerts"] },
  { name: "Knowledge", description: "Runbooks and notes, searched in full text.", paths: ["/v1/knowledge"] },
  {
    name: "Health",
    description: "For load balancers and orchestrators; no credential.",
    paths: ["/healthz", "/readyz"],
  },
] as const;

/** The group of a path; undefined when no group claims it. */
export function tagOf(path: string): string | undefined {
  return tags.find(({ paths }) => paths.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)))?.name;
}
