import { z } from "zod";
import type { OrganizationGrant } from "@/lib/access/decide";
import type { PersonalTokenPrincipal, SessionPrincipal } from "@/lib/access/principal";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";

export const organizationSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    plan: z.enum(["starter", "business", "enterprise"]),
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
      tenants: {
        where: { OR: [{ organizationId: { in: inWhole } }, { id: { in: inTenants } }] },
        orderBy: { name: "asc" },
        select: { id: true, name: true },
      },
    },
  });
}

/** What `PATCH /identity/organization` and the form of its settings take. */
export const updateOrganizationSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "Give the organization a name")
    .max(80, "Use at most 80 characters")
    .regex(/^[^\p{Cc}]*$/u, "Use no control characters"),
});
export type UpdateOrganizationInput = z.infer<typeof updateOrganizationSchema>;

const organizationColumns = {
  id: true,
  name: true,
  plan: true,
  tenants: { orderBy: { name: "asc" }, select: { id: true, name: true } },
} as const;

/** The organization with all its tenants. */
export async function getOrganization(grant: OrganizationGrant<"organization:read" | "user:read">) {
  return db.organization.findUniqueOrThrow({ where: { id: grant.organizationId }, select: organizationColumns });
}

/** Renames the organization. */
export async function updateOrganization(
  grant: OrganizationGrant<"organization:write">,
  input: UpdateOrganizationInput,
) {
  return db.$transaction(async (transaction) => {
    const where = { id: grant.organizationId };
    const before = await transaction.organization.findUniqueOrThrow({ where, select: { name: true } });
    const after = await transaction.organization.update({ where, data: input, select: organizationColumns });
    if (before.name !== after.name)
      await recordAudit(transaction, grant, [
        {
          action: "organization.updated",
          target: { kind: "organization", id: after.id, label: after.name },
          details: { before: { name: before.name }, after: { name: after.name } },
        },
      ]);
    return after;
  });
}
