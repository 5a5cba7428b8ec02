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
  "POST /identity/tokens/shorten": {
    filter: { neverExpires: true },
    expiresAt: "2099-12-31T23:59:59Z",
    dryRun: true,
  },
  "PATCH /identity/tenant/policy": { maxLifetimeDays: 365, neverExpiresAllowed: false, idleRevocationDays: 90 },
  "POST /identity/organization/tokens/revoke": {
    filter: { unusedSince: "2026-01-01T00:00:00Z" },
    reason: "unused",
    note: "Quarterly review",
    dryRun: true,
  },
  "POST /identity/webhooks": {
    url: "https://hooks.example.com/praxis",
    description: "Opens tickets",
    events: ["token.expiring", "token.revoked", "token.leaked"],
  },
  "PATCH /identity/webhooks/{id}": { enabled: false },
  "POST /identity/webhooks/{id}/rotate-secret": { overlapSeconds: 86_400 },
  "POST /identity/personal-tokens": { name: "Laptop" },
  "PATCH /identity/tenant": { name: "east-1" },
  "POST /identity/organization/tenants": { name: "north" },
  "PATCH /identity/organization": { name: "Acme Observability" },
  "POST /identity/users": { email: "ada@example.com", name: "Ada Lindqvist", role: "editor" },
  "PATCH /identity/users/{id}": { role: "viewer" },
  "POST /identity/tokens/identify": { secret: "pxt_EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAM2nhist" },
  "POST /identity/leaks": [
    {
      token: "pxt_EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEabc",
      type: "praxis_api_token",
      url: "https://github.com/octocat/Hello-World/blob/12345600b9cbe38a219f39a9941c9319b600c002/foo/bar.txt",
      source: "content",
    },
  ],
  "POST /identity/introspect": { token: "pxt_EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEabc" },
  ...Object.assign({}, ...resourceApis.map(({ examples }) => examples)),
};
