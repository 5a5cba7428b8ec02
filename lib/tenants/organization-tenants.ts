import type { OrganizationGrant } from "@/lib/access/decide";
import { recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import { keysetPage, type Page } from "@/lib/db/keyset";
import { refuseTakenName } from "./names";
import type { ListedTenant, NameTenantInput, TenantListQuery } from "./schema";

const columns = { id: true, name: true, createdAt: true } as const;

interface Row {
  id: string;
  name: string;
  createdAt: Date;
}

/** One page of the organization's tenants by name, each with how many tokens it has that work. */
export async function listTenants(
  grant: OrganizationGrant<"organization:read">,
  { limit, cursor }: TenantListQuery,
): Promise<Page<ListedTenant>> {
  const { organizationId } = grant;
  const page = await keysetPage({
    ...{ sort: "name", order: "asc", nullable: false, cursor, limit },
    valueOf: (row: Row) => row.name,
    parse: (value) => value,
    fetch: ({ where, orderBy, take }) =>
      db.tenant.findMany({ where: { AND: [{ organizationId }, where] }, orderBy, take, select: columns }),
  });
  const working = await db.token.groupBy({
    by: ["tenantId"],
    where: {
      ...{ kind: "api", organizationId, tenantId: { in: page.items.map(({ id }) => id) }, revokedAt: null },
      OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
    },
    _count: true,
  });
  const counts = new Map(working.map(({ tenantId, _count }) => [tenantId, _count]));
  return { ...page, items: page.items.map((row) => viewOf(row, counts.get(row.id) ?? 0)) };
}

/** Creates a tenant, with the policy that every new one has. Throws 409 when the organization has one of that name. */
export async function createTenant(
  grant: OrganizationGrant<"organization:write">,
  { name }: NameTenantInput,
): Promise<ListedTenant> {
  const { organizationId } = grant;
  return refuseTakenName(name, () =>
    db.$transaction(async (transaction) => {
      const row = await transaction.tenant.create({ data: { organizationId, name }, select: columns });
      await recordAudit(transaction, grant, [
        { action: "tenant.created", target: { kind: "tenant", id: row.id, label: name } },
      ]);
      return viewOf(row, 0);
    }),
  );
}

function viewOf(row: Row, workingTokens: number): ListedTenant {
  return { ...row, createdAt: row.createdAt.toISOString(), workingTokens };
}
