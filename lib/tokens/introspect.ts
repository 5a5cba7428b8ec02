import { z } from "zod";
import { effectiveScopes, type Grant } from "@/lib/access/decide";
import { plans } from "@/lib/access/plans";
import { db } from "@/lib/db/client";
import { ofTenant } from "./queries";
import { parseSecret } from "./secret";
import { verifyToken } from "./verify";

/** What RFC 7662 §2.1 lets a caller send. Parameters of other names are ignored (RFC 6749 §3.2). */
export const introspectionRequestSchema = z.object({
  token: z.string().min(1, "Give the token to describe").describe("The plaintext of an API token"),
  token_type_hint: z.string().optional().describe("Ignored: there is one type of token"),
});

const seconds = z.int().describe("Seconds since 1970-01-01T00:00:00Z");

/** What RFC 7662 §2.2 answers. */
export const introspectionSchema = z.discriminatedUnion("active", [
  z.object({ active: z.literal(false) }),
  z.object({
    active: z.literal(true),
    scope: z.string().describe("Space-separated: what the token may do now"),
    client_id: z.uuid().describe("The token's id"),
    token_type: z.literal("Bearer"),
    exp: seconds.optional(),
    iat: seconds,
    sub: z.uuid().describe("The token's id: it acts for its tenant, and for no user (RFC 9068 §2.2)"),
    iss: z.string(),
    jti: z.uuid().describe("The token's id"),
    organization_id: z.uuid(),
    tenant_id: z.uuid(),
  }),
]);
export type Introspection = z.infer<typeof introspectionSchema>;

const inactive = { active: false } as const;

/**
 * Describes a token to its tenant (RFC 7662): an API token of the caller's tenant that would be accepted now. One that
 * is foreign, dead, malformed or personal is `inactive`, without saying why. This is not a use of it.
 */
export async function introspectToken(
  grant: Grant<"token:read">,
  presented: string,
  issuer: string,
): Promise<Introspection> {
  const secret = parseSecret(presented);
  const verification = secret && (await verifyToken(secret));
  if (!verification?.ok || verification.principal.kind !== "apiToken") return inactive;
  const { principal } = verification;
  const { id } = principal.token;
  if (!plans[principal.plan].programmaticAccess) return inactive;
  const row = await db.token.findFirst({
    where: { id, ...ofTenant(grant) },
    select: { createdAt: true, expiresAt: true },
  });
  if (!row) return inactive;
  return {
    active: true,
    scope: effectiveScopes(principal, grant.organizationId, grant.tenantId).join(" "),
    client_id: id,
    token_type: "Bearer",
    ...(row.expiresAt && { exp: epochSeconds(row.expiresAt) }),
    iat: epochSeconds(row.createdAt),
    sub: id,
    iss: issuer,
    jti: id,
    organization_id: grant.organizationId,
    tenant_id: grant.tenantId,
  };
}

function epochSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
