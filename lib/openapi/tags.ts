import { resourceApis } from "@/lib/resources/registry";

interface Tag {
  name: string;
  description: string;
  paths: readonly string[];
}

/** The groups of the reference, each with the paths under it; the first that matches counts. */
export const tags: readonly Tag[] = [
  {
    name: "API tokens",
    description: "Issue, find, change and revoke the tokens of a tenant; survey those of a whole organization.",
    paths: ["/identity/tokens", "/identity/organization/tokens"],
  },
  {
    name: "Personal tokens",
    description: "A person's own tokens. Only the person, signed in, manages them.",
    paths: ["/identity/personal-tokens"],
  },
  {
    name: "Sessions",
    description: "Where a person is signed in. Only the person, signed in, sees and ends them.",
    paths: ["/identity/sessions"],
  },
  {
    name: "Verification",
    description: "Ask whether a token works: for gateways and other services.",
    paths: ["/identity/verify", "/identity/introspect"],
  },
  {
    name: "Token policy",
    description: "What may be issued in a tenant.",
    paths: ["/identity/tenant/policy"],
  },
  {
    name: "Leak reports",
    description: "For secret scanners: what they found is revoked at once.",
    paths: ["/identity/leaks"],
  },
  {
    name: "Webhooks",
    description: "Signed messages about what happens to a tenant's tokens, to addresses of your choice.",
    paths: ["/identity/webhooks", "/identity/webhook-deliveries"],
  },
  {
    name: "Audit log",
    description: "The record of everything done, in a tenant and throughout an organization.",
    paths: ["/identity/audit-events", "/identity/organization/audit-events"],
  },
  {
    name: "Organizations and permissions",
    description: "Where a caller may act, and what may be granted.",
    paths: ["/identity/organizations", "/identity/organization", "/identity/tenant", "/identity/permissions"],
  },
  { name: "Members", description: "The people of an organization and their roles.", paths: ["/identity/users"] },
  ...resourceApis.map(({ tag, operations }) => ({ ...tag, paths: Object.keys(operations).map(collectionOf) })),
  {
    name: "Health",
    description: "For load balancers and orchestrators; no credential.",
    paths: ["/healthz", "/readyz"],
  },
];

/** The group of a path; undefined when no group claims it. */
export function tagOf(path: string): string | undefined {
  return tags.find(({ paths }) => paths.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)))?.name;
}

function collectionOf(path: string): string {
  return path.split("/{id}", 1)[0] ?? path;
}
