import type { z } from "zod";
import type { ResourceLimits } from "@/lib/access/principal";
import type { Scope } from "@/lib/access/scopes";
import type { Prisma } from "@/lib/db/generated/client";
import type { PathOperations } from "@/lib/operation";

/** What every row of a resource has. */
export interface ResourceRow {
  id: string;
  name: string;
}

/** Whose a row is. */
export interface Owner {
  organizationId: string;
  tenantId: string;
}

/** The part of a Prisma model that the generic operations use. */
export interface ResourceTable<Row extends ResourceRow> {
  findMany(query: { where: object; orderBy: object[]; take: number }): Promise<Row[]>;
  findFirst(query: { where: object }): Promise<Row | null>;
  updateMany(query: { where: object; data: object }): Promise<{ count: number }>;
  deleteMany(query: { where: object }): Promise<{ count: number }>;
}

/**
 * One description of a resource: its schemas, scopes, table and audit trail. Operations and documentation come from it;
 * names are unique in a tenant.
 */
export interface Resource<S extends Scope, Row extends ResourceRow, I extends z.ZodType<{ name: string }>> {
  /** In audit events and messages: `pipeline`. */
  kind: string;
  /** `/v1/pipelines` */
  path: string;
  label: { one: string; many: string };
  read: S;
  write: S;
  /** What POST and PUT take. */
  input: I;
  /** What is answered. */
  output: z.ZodType;
  /** The kind of resource limit that narrows it, if any. */
  limit: keyof ResourceLimits | null;
  table(client: Prisma.TransactionClient): ResourceTable<Row>;
  /** Inserts the row unless one of the name exists. */
  insert(client: Prisma.TransactionClient, input: z.output<I>, owner: Owner): Promise<{ count: number }>;
  /** The columns that POST and PUT set on a row that exists. */
  toColumns(input: z.output<I>): object;
  toView(row: Row): unknown;
}

/** What can become of a row. */
export type ResourceChange = "created" | "updated" | "deleted" | "acknowledged" | "resolved";

/** What a resource's folder offers to the API and its documentation. */
export interface ResourceApi {
  /** Its group in the reference. */
  tag: { name: string; description: string };
  operations: Readonly<Record<string, PathOperations>>;
  /** A body for each operation that takes one, by method and path: shown in the reference, sent by the tests. */
  examples: Readonly<Record<string, unknown>>;
}

/** Checks a resource's description against its types, and names its schemas in the OpenAPI document. */
export function defineResource<S extends Scope, Row extends ResourceRow, I extends z.ZodType<{ name: string }>>(
  resource: Resource<S, Row, I>,
): Resource<S, Row, I> {
  const name = `${resource.kind.charAt(0).toUpperCase()}${resource.kind.slice(1)}`;
  return {
    ...resource,
    input: resource.input.meta({ id: `${name}Input` }),
    output: resource.output.meta({ id: name }),
  };
}
