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
  "POST /v1/pipelines": pipeline(),
  "PUT /v1/pipelines/{id}": { ...pipeline(), enabled: false },
  "POST /v1/collectors": collector(),
  "PUT /v1/collectors/{id}": { ...collector(), state: "running" },
  "POST /v1/datasets": { name: "edge", description: "Points from the edge sites" },
  "POST /v1/metrics/{id}": [
    { time: "2026-11-23T12:00:00Z", name: "cpu.load", value: 0.42, attributes: { host: "oslo-1" } },
    { time: "2026-11-23T12:01:00Z", name: "cpu.load", value: 0.47, attributes: { host: "oslo-1" } },
  ],
  "POST /v1/alerts": alert(),
  "PUT /v1/alerts/{id}": { ...alert(), severity: "warning" },
  "POST /v1/knowledge": article(),
  "PUT /v1/knowledge/{id}": { ...article(), tags: ["runbook", "disk"] },
};

function pipeline() {
  return { name: "nginx", signal: "logs", source: "filelog", destination: "s3://logs" };
}

function collector() {
  return { name: "oslo-1", version: "0.139.0", platform: "linux" };
}

function alert() {
  return { name: "disk-full-oslo-1", summary: "The disk of oslo-1 is 95 % full", severity: "critical" };
}

function article() {
  return { name: "Disk full", body: "Rotate the logs, then find what grew.", tags: ["runbook"] };
}
