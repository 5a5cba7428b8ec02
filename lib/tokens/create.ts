import type { Grant } from "@/lib/access/decide";
import { permissionSet } from "@/lib/access/permission-sets";
import { plans } from "@/lib/access/plans";
import { expandScopes, missingScopes, type Scope } from "@/lib/access/scopes";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { type FieldIssue, invalidRequest, Problem, planRequired } from "@/lib/errors";
import { type CreateTokenInput, defaultLifetimeDays, type TokenView } from "./schema";
import { generateSecret, hashSecret, secretHint } from "./secret";
import { tokenColumns, viewOf } from "./view";

const dayMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Issues an API token in the tenant. The secret is in the result and nowhere else. Throws 403 naming `missingScopes`
 * when the creator would grant what they do not hold, and 400 for resources that are not in the tenant.
 */
export async function createToken(
  grant: Grant<"token:write">,
  input: CreateTokenInput,
): Promise<{ token: TokenView; secret: string }> {
  if (!plans[grant.plan].programmaticAccess) throw planRequired();
  const requested = input.permissionSet ? permissionSet(input.permissionSet).scopes : (input.scopes ?? []);
  const scopes = grantable(grant, requested);
  const creator = await creatorOf(grant);
  const secret = generateSecret("api");
  const token = await db.$transaction(async (transaction) => {
    await requireResources(transaction, grant, input);
    const row = await transaction.token.create({
      data: {
        kind: "api",
        organizationId: grant.organizationId,
        tenantId: grant.tenantId,
        name: input.name,
        description: input.description ?? "",
        hint: secretHint(secret),
        hash: hashSecret(secret),
        permissionSet: input.permissionSet ?? null,
        scopes,
        requestedScopes: input.permissionSet ? scopes : [...requested],
        resources: input.resources ? resourcesColumn(input.resources) : Prisma.DbNull,
        createdById: creator,
        allowedCidrs: input.allowedCidrs ?? [],
        expiresAt: expiry(input.expiresAt),
      },
      select: tokenColumns,
    });
    await recordAudit(transaction, grant, [
      {
        action: "token.created",
        target: { kind: "token", id: row.id, label: row.hint },
        details: {
          name: row.name,
          permissionSet: row.permissionSet,
          scopes,
          expiresAt: row.expiresAt?.toISOString() ?? null,
          allowedCidrs: row.allowedCidrs,
        },
      },
    ]);
    return viewOf(row);
  });
  return { token, secret };
}

/** The concrete scopes asked for, if the holder of the grant may pass on every one of them. */
function grantable(grant: Grant<"token:write">, requested: readonly string[]): Scope[] {
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

/** The user a new token counts as created by. A token may create tokens only where the tenant's policy allows it. */
async function creatorOf(grant: Grant<"token:write">): Promise<string> {
  const { principal } = grant;
  if (principal.kind !== "apiToken") return principal.user.id;
  const parent = await db.token.findFirst({
    where: { id: principal.token.id, tenantId: grant.tenantId, tenant: { tokensMayCreateTokens: true } },
    select: { createdById: true },
  });
  if (parent) return parent.createdById;
  throw new Problem({ code: "forbidden" }, "This tenant's policy does not let API tokens create tokens; ask an admin");
}

/** Refuses limits that name pipelines or datasets the tenant does not have, or the creating token may not see. */
async function requireResources(
  transaction: Prisma.TransactionClient,
  grant: Grant<"token:write">,
  { resources }: CreateTokenInput,
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
  for (const kind of ["pipelines", "datasets"] as const)
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

function resourcesColumn(resources: NonNullable<CreateTokenInput["resources"]>): Prisma.InputJsonObject {
  const { datasets, pipelines } = resources;
  return {
    ...(datasets ? { datasets: datasets.map((id) => id.toLowerCase()) } : {}),
    ...(pipelines ? { pipelines: pipelines.map((id) => id.toLowerCase()) } : {}),
  };
}

/** Absent: the default lifetime. Null: never. */
function expiry(expiresAt: string | null | undefined): Date | null {
  if (expiresAt === null) return null;
  if (expiresAt === undefined) return new Date(Date.now() + defaultLifetimeDays * dayMilliseconds);
  return new Date(expiresAt);
}
