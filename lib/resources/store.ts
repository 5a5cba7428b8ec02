import type { z } from "zod";
import type { Grant } from "@/lib/access/decide";
import type { Scope } from "@/lib/access/scopes";
import { recordAudit } from "@/lib/audit/events";
import { db, preparedDb } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { keysetPage, type Page } from "@/lib/db/keyset";
import { notFound, Problem } from "@/lib/errors";
import type { Resource, ResourceChange, ResourceRow } from "./define";

/** Reads and writes of any resource, fenced by the grant's tenant and limits, audited in the same transaction. */

type Input = z.ZodType<{ name: string }>;

/** One page of the tenant's rows by name. `where` narrows it further. */
export async function listRows<S extends Scope, Row extends ResourceRow>(
  resource: Resource<S, Row, Input>,
  grant: Grant<S>,
  query: { limit: number; cursor?: string | undefined },
  where?: object,
): Promise<Page<Row>> {
  const table = resource.table(where === undefined ? preparedDb : db);
  return keysetPage({
    sort: "name",
    order: "asc",
    cursor: query.cursor,
    limit: query.limit,
    nullable: false,
    valueOf: (row: Row) => row.name,
    parse: (value) => value,
    fetch: ({ where: beyond, orderBy, take }) =>
      table.findMany({ where: { AND: [visible(resource, grant), where ?? {}, beyond] }, orderBy, take }),
  });
}

/** One row. Throws 404, also for one outside the caller's limits. */
export async function getRow<S extends Scope, Row extends ResourceRow>(
  resource: Resource<S, Row, Input>,
  grant: Grant<S>,
  id: string,
  client: Prisma.TransactionClient = preparedDb,
): Promise<Row> {
  const row = await resource.table(client).findFirst({ where: { AND: [visible(resource, grant), { id }] } });
  if (!row) throw notFound(resource.label.one);
  return row;
}

/** Creates a row, or updates the one of the same name. Throws 403 when the caller's token is limited to others. */
export async function putByName<S extends Scope, Row extends ResourceRow, I extends Input>(
  resource: Resource<S, Row, I>,
  grant: Grant<S>,
  input: z.output<I>,
): Promise<{ created: boolean; row: Row }> {
  const { organizationId, tenantId } = grant;
  return db.$transaction(async (transaction) => {
    const table = resource.table(transaction);
    const named = { AND: [visible(resource, grant), { name: input.name }] };
    const isLimited = resource.limit !== null && grant.limits[resource.limit] !== undefined;
    const inserted = isLimited ? { count: 0 } : await resource.insert(transaction, input, { organizationId, tenantId });
    const created = inserted.count === 1;
    if (!created) {
      const updated = await table.updateMany({
        where: named,
        data: { ...resource.toColumns(input), updatedAt: new Date() },
      });
      if (updated.count === 0)
        throw new Problem(
          { code: "forbidden" },
          `This token is limited to chosen ${resource.label.many} and cannot write others`,
        );
    }
    const row = await table.findFirst({ where: named });
    if (!row) throw notFound(resource.label.one);
    await recordChange(transaction, resource, grant, row, created ? "created" : "updated");
    return { created, row };
  });
}

/** Replaces a row. Throws 404, and 409 when another row has the name. */
export async function replaceRow<S extends Scope, Row extends ResourceRow, I extends Input>(
  resource: Resource<S, Row, I>,
  grant: Grant<S>,
  id: string,
  input: z.output<I>,
): Promise<Row> {
  try {
    return await changeRow(resource, grant, id, resource.toColumns(input), "updated");
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")
      throw new Problem({ code: "conflict" }, `Another ${resource.label.one} is named "${input.name}"`);
    throw error;
  }
}

/** Changes some columns of a row, if it is (still) as `expected`. Throws 404, and 409 when it is otherwise. */
export async function changeRow<S extends Scope, Row extends ResourceRow>(
  resource: Resource<S, Row, Input>,
  grant: Grant<S>,
  id: string,
  columns: object,
  change: ResourceChange,
  expected: object = {},
): Promise<Row> {
  return db.$transaction(async (transaction) => {
    const { count } = await resource.table(transaction).updateMany({
      where: { AND: [visible(resource, grant), { id }, expected] },
      data: { ...columns, updatedAt: new Date() },
    });
    const row = await getRow(resource, grant, id, transaction);
    if (count === 0)
      throw new Problem({ code: "conflict" }, `The ${resource.label.one} is not in a state that allows this`);
    await recordChange(transaction, resource, grant, row, change);
    return row;
  });
}

/** Deletes a row. Throws 404. */
export async function deleteRow<S extends Scope, Row extends ResourceRow>(
  resource: Resource<S, Row, Input>,
  grant: Grant<S>,
  id: string,
): Promise<void> {
  await db.$transaction(async (transaction) => {
    const row = await getRow(resource, grant, id, transaction);
    const { count } = await resource.table(transaction).deleteMany({
      where: { AND: [visible(resource, grant), { id }] },
    });
    if (count === 0) throw notFound(resource.label.one);
    await recordChange(transaction, resource, grant, row, "deleted");
  });
}

/** The fence every query stands behind: the tenant, and the limits of the caller's token. */
export function visible<S extends Scope, Row extends ResourceRow>(
  resource: Pick<Resource<S, Row, Input>, "limit">,
  grant: Grant<S>,
): object {
  const { organizationId, tenantId, limits } = grant;
  const ids = resource.limit && limits[resource.limit];
  return { organizationId, tenantId, ...(ids ? { id: { in: [...ids] } } : {}) };
}

async function recordChange<S extends Scope, Row extends ResourceRow>(
  transaction: Prisma.TransactionClient,
  resource: Resource<S, Row, Input>,
  grant: Grant<S>,
  row: Row,
  change: ResourceChange,
): Promise<void> {
  const target = { kind: resource.kind, id: row.id, label: row.name };
  await recordAudit(transaction, grant, [{ action: `${resource.kind}.${change}`, target }]);
}
