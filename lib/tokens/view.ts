import { z } from "zod";
import { permissionSetIds, permissionSets } from "@/lib/access/permission-sets";
import { expandScopes } from "@/lib/access/scopes";
import type { Prisma } from "@/lib/db/generated/client";
import { resourceLimitsSchema, type TokenView } from "./schema";
import { expiringWithinDays, type TokenStatus } from "./vocabulary";

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** The columns a token is shown from. The hash is not among them, so it never leaves the database. */
export const tokenColumns = {
  id: true,
  kind: true,
  name: true,
  description: true,
  hint: true,
  permissionSet: true,
  scopes: true,
  requestedScopes: true,
  resources: true,
  allowedCidrs: true,
  createdAt: true,
  createdBy: { select: { id: true, name: true, disabledAt: true } },
  expiresAt: true,
  firstUsedAt: true,
  lastUsedAt: true,
  lastUsedIp: true,
  lastUsedAgent: true,
  supersededAt: true,
  revokedAt: true,
  revokedBy: { select: { id: true, name: true } },
  revokedReason: true,
  revokedNote: true,
  rotatedFromId: true,
  replacedBy: { select: { id: true } },
} as const satisfies Prisma.TokenSelect;

export type TokenRow = Prisma.TokenGetPayload<{ select: typeof tokenColumns }>;

const permissionSetColumn = z.enum(permissionSetIds).nullable();
const resourcesColumn = resourceLimitsSchema.nullable();

/** A token as the API and the pages show it. */
export function viewOf(row: TokenRow, now: Date = new Date()): TokenView {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    description: row.description,
    hint: row.hint,
    permissionSet: permissionSetColumn.parse(row.permissionSet),
    scopes: row.scopes,
    newerScopes: newerScopes(row),
    resources: resourcesColumn.parse(row.resources),
    allowedCidrs: row.allowedCidrs,
    createdAt: row.createdAt.toISOString(),
    createdBy: { id: row.createdBy.id, name: row.createdBy.name, active: row.createdBy.disabledAt === null },
    expiresAt: row.expiresAt?.toISOString() ?? null,
    firstUsedAt: row.firstUsedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastUsedIp: row.lastUsedIp,
    lastUsedAgent: row.lastUsedAgent,
    status: statusOf(row, now),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    revokedBy: row.revokedBy,
    revokedReason: row.revokedReason,
    revokedNote: row.revokedNote,
    rotatedFromId: row.rotatedFromId,
    replacedById: row.replacedBy?.id ?? null,
  };
}

/** Scopes were a snapshot when the token was created: what the same request would be granted on top of them today. */
function newerScopes(row: Pick<TokenRow, "permissionSet" | "requestedScopes" | "scopes">): string[] {
  const set = permissionSets.find(({ id }) => id === row.permissionSet);
  const expanded = expandScopes(set?.scopes ?? row.requestedScopes);
  return expanded.ok ? expanded.scopes.filter((scope) => !row.scopes.includes(scope)) : [];
}

/** A token's one status. Revoked outranks expired, which outranks superseded, which outranks expiring. */
export function statusOf(
  token: Pick<TokenRow, "revokedAt" | "expiresAt" | "supersededAt">,
  now: Date = new Date(),
): TokenStatus {
  if (token.revokedAt) return "revoked";
  if (token.expiresAt && token.expiresAt <= now) return "expired";
  if (token.supersededAt) return "superseded";
  if (token.expiresAt && token.expiresAt <= expiringBefore(now)) return "expiring";
  return "active";
}

/** The same rules as statusOf, as a filter for the database. */
export function statusWhere(status: TokenStatus, now: Date): Prisma.TokenWhereInput {
  const working = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
  switch (status) {
    case "revoked":
      return { revokedAt: { not: null } };
    case "expired":
      return { revokedAt: null, expiresAt: { lte: now } };
    case "superseded":
      return { ...working, supersededAt: { not: null } };
    case "expiring":
      return { revokedAt: null, supersededAt: null, expiresAt: { gt: now, lte: expiringBefore(now) } };
    case "active":
      return {
        revokedAt: null,
        supersededAt: null,
        OR: [{ expiresAt: null }, { expiresAt: { gt: expiringBefore(now) } }],
      };
  }
}

/** The latest expiry that counts as soon. */
export function expiringBefore(now: Date): Date {
  return new Date(now.getTime() + expiringWithinDays * dayMilliseconds);
}
