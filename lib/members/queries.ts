import type { OrganizationGrant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { keysetPage, type Page } from "@/lib/db/keyset";
import { notFound } from "@/lib/errors";
import type { MemberListQuery, MemberView } from "./schema";

type AnyGrant = OrganizationGrant<"user:read" | "user:write">;

/** One page of the organization's members, by name. */
export async function listMembers(
  grant: OrganizationGrant<"user:read">,
  query: MemberListQuery,
): Promise<Page<MemberView>> {
  const contains = query.q?.replace(/[\\%_]/g, "\\$&");
  const matches: Prisma.UserWhereInput = contains
    ? { OR: [{ name: { contains, mode: "insensitive" } }, { email: { contains, mode: "insensitive" } }] }
    : {};
  const page = await keysetPage({
    sort: "name",
    order: "asc",
    cursor: query.cursor,
    limit: query.limit,
    nullable: false,
    valueOf: (row: MemberRow) => row.name,
    parse: (value) => value,
    fetch: ({ where, orderBy, take }) =>
      db.user.findMany({
        where: { AND: [ofOrganization(grant), matches, where] },
        orderBy,
        take,
        select: memberColumns(grant),
      }),
  });
  return { ...page, items: page.items.map(memberViewOf) };
}

/** How many people hold the role Owner throughout the organization, with accounts that work. */
export async function countActiveOwners(grant: OrganizationGrant<"user:read">): Promise<number> {
  return db.membership.count({
    where: { organizationId: grant.organizationId, tenantId: null, role: "owner", user: { disabledAt: null } },
  });
}

/** One member of the organization, read in the transaction that is about to change them. Throws 404. */
export async function findMember(
  transaction: Prisma.TransactionClient,
  grant: AnyGrant,
  userId: string,
): Promise<MemberRow> {
  const row = await transaction.user.findFirst({
    where: { id: userId, ...ofOrganization(grant) },
    select: memberColumns(grant),
  });
  if (!row) throw notFound("member");
  return row;
}

/** A member as the API and the pages show them. */
export function memberViewOf(row: MemberRow): MemberView {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    active: row.disabledAt === null,
    memberships: row.memberships.map(({ id, tenantId, role }) => ({ id, tenantId, role })),
    createdAt: (row.memberships[0]?.createdAt ?? row.createdAt).toISOString(),
  };
}

/** The fence every member query stands behind. */
function ofOrganization(grant: AnyGrant) {
  return { memberships: { some: { organizationId: grant.organizationId } } };
}

/** The columns a member is shown from. The password's hash and roles elsewhere are not among them. */
function memberColumns(grant: AnyGrant) {
  return {
    id: true,
    name: true,
    email: true,
    disabledAt: true,
    createdAt: true,
    memberships: {
      where: { organizationId: grant.organizationId },
      // The oldest says when the person joined.
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      select: { id: true, tenantId: true, role: true, createdAt: true },
    },
  } as const satisfies Prisma.UserSelect;
}

export type MemberRow = Prisma.UserGetPayload<{ select: ReturnType<typeof memberColumns> }>;
