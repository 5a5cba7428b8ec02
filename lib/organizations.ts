import { z } from "zod";
import type { PersonalTokenPrincipal, SessionPrincipal } from "@/lib/access/principal";
import { db } from "@/lib/db/client";

export const organizationSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  plan: z.enum(["starter", "business", "enterprise"]),
  tenants: z.array(z.object({ id: z.uuid(), name: z.string() })),
});

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
