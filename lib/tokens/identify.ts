import { z } from "zod";
import type { Grant } from "@/lib/access/decide";
import { fromRow, parseOrganizationId, parseTenantId } from "@/lib/access/ids";
import type { Origin, Principal, SessionPrincipal } from "@/lib/access/principal";
import { actorOf, recordAccountAudit, recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { Problem } from "@/lib/errors";
import { countFailedAttempt } from "@/lib/rate-limit/failed-attempts";
import { ofTenant } from "./queries";
import type { TokenView } from "./schema";
import { hashSecret, type PresentedSecret, parseSecret } from "./secret";
import { tokenColumns, viewOf } from "./view";

/** The note of a token that was revoked because its secret turned up. */
export const foundNote = "Identified by its secret, which had been found";

/** What `POST /identity/tokens/identify` takes. That a secret is malformed is no secret: its shape is published. */
export const identifyTokenSchema = z.strictObject({
  secret: z
    .string()
    .max(1024)
    .describe("The plaintext of an API token or personal token")
    .transform((text, context): PresentedSecret => {
      const presented = parseSecret(text.trim());
      if (presented) return presented;
      context.addIssue({
        code: "custom",
        message: "This is no whole secret: pxt_ or pxp_ and 38 letters and digits, the last six of them a checksum",
      });
      return z.NEVER;
    }),
});

/**
 * The token that has this secret, if it is the tenant's or, for a session, the user's own. Goes on record. Throws one 404
 * for whatever else it may be, which counts as a failed authentication of the address. This is no oracle even without
 * that: whoever could guess one of 190 random bits would not need it.
 */
export function identifyToken(grant: Grant<"token:read">, presented: PresentedSecret): Promise<TokenView> {
  const own = grant.principal.kind === "session" ? [ownedBy(grant.principal)] : [];
  return identify(presented, { OR: [ofTenant(grant), ...own] }, grant);
}

/** The user's own personal token that has this secret. Throws 404 as identifyToken does. */
export function identifyOwnToken(
  session: SessionPrincipal,
  origin: Origin,
  presented: PresentedSecret,
): Promise<TokenView> {
  const by = { principal: session, origin, organizationId: null, tenantId: null };
  return identify(presented, ownedBy(session), by);
}

/** The tenant of a secret, so that the decision can be asked there. It is not the caller's to know before that. */
export async function tenantOfSecret(presented: PresentedSecret) {
  const row = await db.token.findUnique({
    where: { hash: hashSecret(presented.secret) },
    select: { tenant: { select: { id: true, name: true, organization: { select: { id: true, name: true } } } } },
  });
  if (!row?.tenant) return null;
  const { organization, ...tenant } = row.tenant;
  return {
    context: {
      organizationId: fromRow(parseOrganizationId, organization.id),
      tenantId: fromRow(parseTenantId, tenant.id),
    },
    organization,
    tenant,
  };
}

interface By {
  principal: Principal;
  origin: Origin;
  organizationId: string | null;
  tenantId: string | null;
}

async function identify(presented: PresentedSecret, fence: Prisma.TokenWhereInput, by: By): Promise<TokenView> {
  const token = await db.$transaction(async (transaction) => {
    const row = await transaction.token.findFirst({
      where: { hash: hashSecret(presented.secret), ...fence },
      select: tokenColumns,
    });
    if (!row) return null;
    const entry = { action: "token.identified", target: { kind: "token", id: row.id, label: row.hint } } as const;
    if (row.kind === "api") await recordAudit(transaction, by, [entry]);
    else
      await recordAccountAudit(
        transaction,
        { userId: row.createdBy.id, actor: actorOf(by.principal), origin: by.origin },
        entry,
      );
    return viewOf(row);
  });
  if (token) return token;
  const message = "No token that you may see has this secret. It may be of another tenant, or deleted.";
  throw await countFailedAttempt(by.origin, new Problem({ code: "not_found" }, message));
}

/** A user's own personal tokens, which only their session may see. */
function ownedBy(session: SessionPrincipal) {
  return { kind: "personal", createdById: session.user.id } as const;
}
