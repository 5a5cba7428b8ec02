import type { Grant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";
import { idsViolating, idsWithFinding } from "@/lib/tokens/findings";
import { policyColumns } from "./policy";
import type { PolicyPreview, TokenPolicy, Violator } from "./schema";
import { policyViolations } from "./violations";

/** The most that are shown one by one. */
const mostShown = 100;

/**
 * The working tokens that break the tenant's policy: how many, counted up to `maxFoundTokens`, and the most recently
 * used of them, each with the rules it breaks.
 */
export async function listViolators(grant: Grant<"token:read">): Promise<{ total: number; shown: Violator[] }> {
  const now = new Date();
  const [policy, ids] = await Promise.all([
    db.tenant.findFirstOrThrow({
      where: { id: grant.tenantId, organizationId: grant.organizationId },
      select: policyColumns,
    }),
    idsWithFinding(grant, "violatesPolicy", now),
  ]);
  const rows = await db.token.findMany({
    where: { kind: "api", organizationId: grant.organizationId, tenantId: grant.tenantId, id: { in: ids } },
    orderBy: [{ lastUsedAt: { sort: "desc", nulls: "last" } }, { id: "asc" }],
    take: mostShown,
    select: {
      ...{ id: true, name: true, hint: true, scopes: true, allowedCidrs: true },
      ...{ createdAt: true, expiresAt: true, lastUsedAt: true },
    },
  });
  const shown = rows.map((row) => ({
    ...{ id: row.id, name: row.name, hint: row.hint },
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    violations: policyViolations(policy, row, now),
  }));
  return { total: ids.length, shown };
}

/** What a policy would hit if it were saved now: counts of working tokens, up to `maxFoundTokens`. */
export async function previewPolicy(grant: Grant<"token:read">, policy: TokenPolicy): Promise<PolicyPreview> {
  const now = new Date();
  const idleAlone: TokenPolicy = {
    ...policy,
    maxLifetimeDays: null,
    neverExpiresAllowed: true,
    requiredCidrs: [],
    fullAccessAllowed: true,
  };
  const [violating, idle] = await Promise.all([
    idsViolating(grant, policy, now),
    policy.idleRevocationDays === null ? [] : idsViolating(grant, idleAlone, now),
  ]);
  return { violating: violating.length, idle: idle.length };
}
