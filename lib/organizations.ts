import { z } from "zod";
import type { OrganizationGrant } from "@/lib/access/decide";
import type { PersonalTokenPrincipal, SessionPrincipal } from "@/lib/access/principal";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { invalidRequest, Problem } from "@/lib/errors";
import { requireRecentAuthentication } from "@/lib/sessions/recent-authentication";
import { ssoSettings } from "@/lib/sso/settings";

export const organizationSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    plan: z.enum(["starter", "business", "enterprise"]),
    ssoRequired: z.boolean().describe("Whether members have rights only by single sign-on; owners' sessions excepted"),
    tenants: z.array(z.object({ id: z.uuid(), name: z.string() })),
  })
  .meta({ id: "Organization" });

/** The organizations a user is a member of, each with the tenants they may see. */
export async function listOrganizations(principal: SessionPrincipal | PersonalTokenPrincipal) {
  const { memberships } = principal;
  const inWhole = memberships.filter(({ tenantId }) => tenantId === null).map(({ organizationId }) => organizationId);
  const inTenants = memberships.flatMap(({ tenantId }) => tenantId ?? []);
  return db.organization.findMany({
    where: { id: { in: memberships.map(({ organizationId }) => organizationId) } },
    orderBy: { name: "asc" },
    select: {
      id: true,
      name: true,
      plan: true,
      ssoRequired: true,
      tenants: {
        where: { OR: [{ organizationId: { in: inWhole } }, { id: { in: inTenants } }] },
        orderBy: { name: "asc" },
        select: { id: true, name: true },
      },
    },
  });
}

/** What `PATCH /identity/organization` and the form of its settings take. */
export const updateOrganizationSchema = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1, "Give the organization a name")
      .max(80, "Use at most 80 characters")
      .regex(/^[^\p{Cc}]*$/u, "Use no control characters")
      .optional(),
    ssoRequired: z.boolean().optional(),
  })
  .refine(({ name, ssoRequired }) => name !== undefined || ssoRequired !== undefined, "Change at least one setting");
export type UpdateOrganizationInput = z.infer<typeof updateOrganizationSchema>;

const organizationColumns = {
  id: true,
  name: true,
  plan: true,
  ssoRequired: true,
  tenants: { orderBy: { name: "asc" }, select: { id: true, name: true } },
} as const;

/** The organization with all its tenants. */
export async function getOrganization(grant: OrganizationGrant<"organization:read" | "user:read">) {
  return db.organization.findUniqueOrThrow({ where: { id: grant.organizationId }, select: organizationColumns });
}

/**
 * Renames the organization, or changes whether it requires single sign-on. Throws for the latter 403 to a token or to a
 * session whose user gave their password too long ago, and 400 where the deployment has no single sign-on to require.
 */
export async function updateOrganization(
  grant: OrganizationGrant<"organization:write">,
  { name, ssoRequired }: UpdateOrganizationInput,
) {
  if (ssoRequired !== undefined) requireMayChangeSso(grant, ssoRequired);
  return db.$transaction(async (transaction) => {
    const where = { id: grant.organizationId };
    // Of two that change it at once, the second tells from what.
    await transaction.$queryRaw`select 1 from organizations where id = ${grant.organizationId}::uuid for no key update`;
    const before = await transaction.organization.findUniqueOrThrow({ where, select: organizationColumns });
    const data = { ...(name !== undefined && { name }), ...(ssoRequired !== undefined && { ssoRequired }) };
    const after = await transaction.organization.update({ where, data, select: organizationColumns });
    const changed = (["name", "ssoRequired"] as const).filter((field) => before[field] !== after[field]);
    const only = (of: typeof after) => Object.fromEntries(changed.map((field) => [field, of[field]]));
    if (changed.length > 0)
      await recordAudit(transaction, grant, [
        {
          action: "organization.updated",
          target: { kind: "organization", id: after.id, label: after.name },
          details: { before: only(before), after: only(after) },
        },
      ]);
    return after;
  });
}

function requireMayChangeSso({ principal }: OrganizationGrant<"organization:write">, ssoRequired: boolean): void {
  if (principal.kind !== "session")
    throw new Problem({ code: "forbidden" }, "Only a signed-in owner can change whether single sign-on is required");
  requireRecentAuthentication(principal);
  if (ssoRequired && ssoSettings() === null)
    throw invalidRequest([{ path: "ssoRequired", message: "This deployment has no single sign-on to require" }]);
}
