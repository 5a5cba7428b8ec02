import type { TocEntry } from "../table-of-contents";

/** The headings of the guide; a test compares them with the page. */
export const guideContents: readonly TocEntry[] = [
  {
    id: "start",
    label: "Make your first call",
    children: [
      { id: "authenticate", label: "Authenticate" },
      { id: "credentials", label: "Which credential to use" },
    ],
  },
  { id: "context", label: "Say where: context headers" },
  {
    id: "scopes",
    label: "Choose scopes",
    children: [
      { id: "permission-sets", label: "Permission sets" },
      { id: "all-scopes", label: "All scopes" },
      { id: "wildcards", label: "Wildcards" },
      { id: "limits", label: "Limits to resources, addresses and time" },
    ],
  },
  {
    id: "patterns",
    label: "Patterns",
    children: [
      { id: "apply", label: "Apply configuration from CI" },
      { id: "pages", label: "Read long lists" },
      { id: "ingest", label: "Send metrics" },
      { id: "query", label: "Query metrics" },
      { id: "retry", label: "Try again, rightly" },
    ],
  },
  {
    id: "scripts",
    label: "Create tokens by script",
    children: [
      { id: "sign-in", label: "Sign in" },
      { id: "create", label: "Create a token" },
      { id: "idempotency-key", label: "Try again without a second token" },
    ],
  },
  {
    id: "store",
    label: "Store the secret",
    children: [
      { id: "store-local", label: "On your machine" },
      { id: "store-github", label: "GitHub Actions" },
      { id: "store-gitlab", label: "GitLab CI" },
      { id: "store-kubernetes", label: "Kubernetes" },
      { id: "store-docker", label: "Docker" },
      { id: "store-vault", label: "HashiCorp Vault" },
      { id: "leaked", label: "If it leaked" },
    ],
  },
  {
    id: "rotate-and-revoke",
    label: "Rotate and revoke",
    children: [
      { id: "rotate", label: "Replace a secret without an outage" },
      { id: "revoke", label: "Revoke" },
    ],
  },
  {
    id: "secret-scanning",
    label: "Secret scanning",
    children: [
      { id: "secret-pattern", label: "What a secret looks like" },
      { id: "found-secret", label: "Which token is this?" },
      { id: "leak-reports", label: "Report leaks by machine" },
    ],
  },
  { id: "errors", label: "Errors", children: [{ id: "error-table", label: "What each error means" }] },
  { id: "rate-limits", label: "Rate limits" },
];
