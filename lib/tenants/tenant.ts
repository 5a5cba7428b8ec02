import type { Grant } from "@/lib/access/decide";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { Problem } from "@/lib/errors";
import { refuseTakenName } from "./names";
import type { NameTenantInput, TenantView } from "./schema";

const columns = {
  id: true,
  name: true,
  createdAt: true,
  organization: { select: { id: true, name: true } },
} as const;

/** The tenant. */
export async function getTenant(grant: Grant<"tenant:read">): Promise<TenantView> {
  return viewOf(await db.tenant.findFirstOrThrow({ where: tenantOf(grant), select: columns }));
}

/** Renames the tenant. Throws 409 when the organization has another of that name, or it was renamed meanwhile. */
export async function renameTenant(grant: Grant<"tenant:write">, { name }: NameTenantInput): Promise<TenantView> {
  return refuseTakenName(name, () =>
    db.$transaction(async (transaction) => {
      const before = await transaction.tenant.findFirstOrThrow({ where: tenantOf(grant), select: columns });
      if (before.name === name) return viewOf(before);
      const { count } = await transaction.tenant.updateMany({
        where: { ...tenantOf(grant), name: before.name },
        data: { name },
      });
      if (count === 0)
        throw new Problem({ code: "conflict" }, "The tenant was renamed meanwhile; read it and try again");
      await recordAudit(transaction, grant, [
        {
          action: "tenant.updated",
          target: { kind: "tenant", id: before.id, label: name },
          details: { before: { name: before.name }, after: { name } },
        },
      ]);
      return viewOf({ ...before, name });
    }),
  );
}

function tenantOf(grant: Grant<"tenant:read" | "tenant:write">) {
  return { id: grant.tenantId, organizationId: grant.organizationId };
}

function viewOf(row: Omit<TenantView, "createdAt"> & { createdAt: Date }): TenantView {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
