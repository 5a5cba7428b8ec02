import { expandScopes, sortScopes } from "@/lib/access/scopes";
import type { FieldIssue } from "@/lib/errors";
import { covers } from "./addresses";
import type { UpdateTokenInput } from "./schema";

/** What a token is, as far as it can be narrowed. */
interface Current {
  scopes: readonly string[];
  resources: { datasets?: string[] | undefined; pipelines?: string[] | undefined } | null;
  allowedCidrs: readonly string[];
  expiresAt: Date | null;
}

/** The fields in which a change would let a token do more, for longer or from elsewhere, and why each is refused. */
export function wideningIssues(current: Current, change: UpdateTokenInput): FieldIssue[] {
  return [
    ...wideningScopes(current.scopes, change.scopes),
    ...wideningLimit("datasets", current, change),
    ...wideningLimit("pipelines", current, change),
    ...wideningAddresses(current.allowedCidrs, change.allowedCidrs),
    ...wideningExpiry(current.expiresAt, change.expiresAt),
  ];
}

/** The scopes a token is left with, in catalogue order. */
export function narrowedScopes(requested: readonly string[]): string[] {
  const expanded = expandScopes(requested);
  return expanded.ok ? sortScopes(expanded.scopes) : [];
}

function wideningScopes(current: readonly string[], requested: readonly string[] | undefined): FieldIssue[] {
  const added = narrowedScopes(requested ?? []).filter((scope) => !current.includes(scope));
  if (added.length === 0) return [];
  return [{ path: "scopes", message: `Scopes can only be removed; create a new token for ${added.join(", ")}` }];
}

function wideningLimit(
  kind: "datasets" | "pipelines",
  current: Current,
  { resources }: UpdateTokenInput,
): FieldIssue[] {
  const limit = current.resources?.[kind];
  if (resources === undefined || limit === undefined) return [];
  const chosen = resources[kind];
  if (chosen?.every((id) => limit.includes(id.toLowerCase()))) return [];
  return [{ path: `resources.${kind}`, message: `Choose among the ${kind} the token is limited to now` }];
}

function wideningAddresses(current: readonly string[], requested: readonly string[] | undefined): FieldIssue[] {
  if (requested === undefined || current.length === 0) return [];
  if (requested.length === 0)
    return [{ path: "allowedCidrs", message: "The token would work from anywhere; keep at least one address" }];
  return requested.flatMap((cidr, index) =>
    covers(current, cidr)
      ? []
      : [{ path: `allowedCidrs.${index}`, message: "Outside the addresses the token is limited to now" }],
  );
}

function wideningExpiry(current: Date | null, requested: string | undefined): FieldIssue[] {
  if (requested === undefined || current === null || Date.parse(requested) <= current.getTime()) return [];
  return [{ path: "expiresAt", message: "The expiry can only be brought forward; rotate the token for a longer life" }];
}
