import type { Grant } from "@/lib/access/decide";
import { plans } from "@/lib/access/plans";
import type { ResourceLimits } from "@/lib/access/principal";
import { expandScopes, missingScopes, type Scope } from "@/lib/access/scopes";
import type { Prisma } from "@/lib/db/generated/client";
import { type FieldIssue, invalidRequest, Problem, planRequired } from "@/lib/errors";
import type { TokenPolicy } from "@/lib/policy/schema";
import { isFullAccess } from "@/lib/policy/violations";
import { requireRecentAuthentication } from "@/lib/sessions/recent-authentication";
import { covers } from "./addresses";
import type { CreateTokenInput } from "./schema";

/** The rules of issuing: nobody passes on more than they hold. */

const limitedKinds = ["pipelines", "datasets"] as const;

/** Who issues, and what bounds what they issue: a token's own addresses and expiry bound those of its children. */
export interface Issuer {
  creatorId: string;
  allowedCidrs: readonly string[];
  expiresAt: Date | null;
}

/**
 * The user a new token counts as created by. Throws 403 `plan_required`, and 403 when the caller is itself a token and
 * the tenant's policy does not let tokens create tokens.
 */
export async function requireIssuer(
  transaction: Prisma.TransactionClient,
  grant: Grant<"token:write">,
  policy: TokenPolicy,
): Promise<Issuer> {
  if (!plans[grant.plan].programmaticAccess) throw planRequired();
  const { principal } = grant;
  if (principal.kind !== "apiToken") return { creatorId: principal.user.id, allowedCidrs: [], expiresAt: null };
  const parent =
    policy.tokensMayCreateTokens &&
    (await transaction.token.findFirst({
      where: { id: principal.token.id, tenantId: grant.tenantId },
      select: { createdById: true, allowedCidrs: true, expiresAt: true },
    }));
  if (parent) return { ...parent, creatorId: parent.createdById };
  throw new Problem({ code: "forbidden" }, "This tenant's policy does not let API tokens create tokens; ask an admin");
}

/** What of a new token goes beyond the token that issues it: an expiry or addresses beyond its own. */
export function issuerIssues(
  issuer: Issuer,
  token: { allowedCidrs: readonly string[]; expiresAt: Date | null },
): FieldIssue[] {
  const outlives = issuer.expiresAt && (token.expiresAt === null || token.expiresAt > issuer.expiresAt);
  const roams =
    issuer.allowedCidrs.length > 0 &&
    (token.allowedCidrs.length === 0 || token.allowedCidrs.some((cidr) => !covers(issuer.allowedCidrs, cidr)));
  return [
    ...(outlives ? [{ path: "expiresAt", message: "Must not be later than your own token's expiry" }] : []),
    ...(roams ? [{ path: "allowedCidrs", message: "Choose within your own token's allowed addresses" }] : []),
  ];
}

/** Where a token that is there reaches beyond the limits of the token that would issue its successor. */
export function limitIssues(
  { limits }: Pick<Grant<"token:write">, "limits">,
  { resources }: { resources: ResourceLimits | null },
): FieldIssue[] {
  return limitedKinds.flatMap((kind) => {
    const limit = limits[kind];
    if (limit === undefined || resources?.[kind]?.every((id) => limit.includes(id))) return [];
    return [{ path: `resources.${kind}`, message: `Reaches ${kind} that your own token does not` }];
  });
}

/** The concrete scopes asked for. Throws 403 naming `missingScopes` when the caller does not hold all of them. */
export function requireGrantable(grant: Grant<"token:write">, requested: readonly string[]): Scope[] {
  const expanded = expandScopes(requested);
  if (!expanded.ok)
    throw invalidRequest(expanded.unknown.map((scope) => ({ path: "scopes", message: `Unknown scope "${scope}"` })));
  const missing = missingScopes(expanded.scopes, grant.heldScopes);
  if (missing.length === 0) return expanded.scopes;
  throw new Problem(
    { code: "insufficient_scope", missingScopes: missing },
    `A token can only be granted what its creator holds; missing: ${missing.join(", ")}`,
  );
}

/** Throws 403 when a session is to get a token that holds every scope, and its user's password was given too long ago. */
export function requireAuthenticatedFor(grant: Grant<"token:write">, scopes: readonly string[]): void {
  if (isFullAccess(scopes)) requireRecentAuthentication(grant.principal);
}

/** Refuses limits that name pipelines or datasets the tenant does not have, or the creating token may not see. */
export async function requireResources(
  transaction: Prisma.TransactionClient,
  grant: Grant<"token:write">,
  { resources }: Pick<CreateTokenInput, "resources">,
): Promise<void> {
  const inTenant = (ids: readonly string[]) => ({
    where: { tenantId: grant.tenantId, id: { in: [...ids] } },
    select: { id: true },
  });
  const pipelines = resources?.pipelines ?? [];
  const datasets = resources?.datasets ?? [];
  const foundPipelines = pipelines.length > 0 ? await transaction.pipeline.findMany(inTenant(pipelines)) : [];
  const foundDatasets = datasets.length > 0 ? await transaction.dataset.findMany(inTenant(datasets)) : [];
  const issues = [
    ...unknownIds("pipelines", pipelines, foundPipelines, grant.limits.pipelines),
    ...unknownIds("datasets", datasets, foundDatasets, grant.limits.datasets),
  ];
  if (issues.length > 0) throw invalidRequest(issues);
  for (const kind of limitedKinds)
    if (grant.limits[kind] && !resources?.[kind])
      throw invalidRequest([
        { path: `resources.${kind}`, message: `Your own token is limited to chosen ${kind}; choose among them` },
      ]);
}

function unknownIds(
  kind: "pipelines" | "datasets",
  wanted: readonly string[],
  found: readonly { id: string }[],
  limit: readonly string[] | undefined,
): FieldIssue[] {
  const visible = new Set(found.map(({ id }) => id).filter((id) => limit === undefined || limit.includes(id)));
  return wanted.flatMap((id, index) =>
    visible.has(id.toLowerCase()) ? [] : [{ path: `resources.${kind}.${index}`, message: "Not found in this tenant" }],
  );
}

/** Limits as they are stored: ids in lower case. */
export function resourcesColumn(resources: NonNullable<CreateTokenInput["resources"]>): Prisma.InputJsonObject {
  const { datasets, pipelines } = resources;
  return {
    ...(datasets ? { datasets: datasets.map((id) => id.toLowerCase()) } : {}),
    ...(pipelines ? { pipelines: pipelines.map((id) => id.toLowerCase()) } : {}),
  };
}
