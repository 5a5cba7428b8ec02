import { resourceApis } from "@/lib/resources/registry";

/**
 * A body for each operation that takes one, by method and path: shown in the reference, sent by the tests. Each works
 * as it stands with a token that holds the scope.
 */
export const requestExamples: Readonly<Record<string, unknown>> = {
  "POST /identity/tokens": {
    name: "Nightly export",
    description: "Reads pipelines and metrics for the warehouse",
    permissionSet: "read-only",
  },
  "PATCH /identity/tokens/{id}": { name: "Nightly export, Oslo" },
  "POST /identity/tokens/revoke": {
    filter: { lastUsedBefore: "2026-01-01T00:00:00Z" },
    reason: "unused",
    note: "Quarterly review",
    dryRun: true,
  },
  "POST /identity/tokens/{id}/rotate": { overlapSeconds: 86_400 },
  "POST /identity/personal-tokens": { name: "Laptop" },
  "PATCH /identity/organization": { name: "Acme Observability" },
  "POST /identity/users": { email: "ada@example.com", name: "Ada Lindqvist", role: "editor" },
  "PATCH /identity/users/{id}": { role: "viewer" },
  "POST /identity/introspect": { token: "pxt_EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEabc" },
  ...Object.assign({}, ...resourceApis.map(({ examples }) => examples)),
};
