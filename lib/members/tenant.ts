import type { OrganizationGrant } from "@/lib/access/decide";
import type { Prisma } from "@/lib/db/generated/client";
import { invalidRequest } from "@/lib/errors";

/** Throws 400 naming `tenantId` unless it is null or a tenant of the organization. */
export async function requireTenant(
  transaction: Prisma.TransactionClient,
  grant: OrganizationGrant<"user:write">,
  tenantId: string | null,
): Promise<void> {
  if (tenantId === null) return;
  const tenant = await transaction.tenant.findFirst({
    where: { id: tenantId, organizationId: grant.organizationId },
    select: { id: true },
  });
  if (!tenant) throw invalidRequest([{ path: "tenantId", message: "Not found in this organization" }]);
}
