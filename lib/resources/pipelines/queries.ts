import type { Grant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { keysetPage } from "@/lib/db/keyset";
import { notFound } from "@/lib/errors";

const columns = {
  id: true,
  name: true,
  description: true,
  enabled: true,
  signal: true,
  source: true,
  destination: true,
  configuration: true,
  createdAt: true,
  updatedAt: true,
} as const satisfies Prisma.PipelineSelect;

export type PipelineView = ReturnType<typeof viewOf>;
type PipelineRow = Prisma.PipelineGetPayload<{ select: typeof columns }>;

/** One page of the tenant's pipelines by name, those the caller is limited to. */
export async function listPipelines(
  grant: Grant<"pipeline:read">,
  query: { limit: number; cursor?: string | undefined },
) {
  const page = await keysetPage({
    sort: "name",
    order: "asc",
    cursor: query.cursor,
    limit: query.limit,
    nullable: false,
    valueOf: (row: PipelineRow) => row.name,
    parse: (value) => value,
    fetch: ({ where, orderBy, take }) =>
      db.pipeline.findMany({ where: { AND: [visiblePipelines(grant), where] }, orderBy, take, select: columns }),
  });
  return { ...page, items: page.items.map(viewOf) };
}

/** One pipeline of the tenant. Throws 404, also for one outside the caller's limits. */
export async function getPipeline(grant: Grant<"pipeline:read">, id: string) {
  const row = await findPipeline(db, grant, id);
  if (!row) throw notFound("pipeline");
  return viewOf(row);
}

/** The pipeline as a caller sees it, or null. */
export async function findPipeline(
  client: Pick<Prisma.TransactionClient, "pipeline">,
  grant: Grant<"pipeline:read" | "pipeline:write">,
  id: string,
): Promise<PipelineRow | null> {
  return client.pipeline.findFirst({ where: { AND: [visiblePipelines(grant), { id }] }, select: columns });
}

/** The fence every pipeline query stands behind: the tenant, and the limits of the caller's token. */
export function visiblePipelines(grant: Grant<"pipeline:read" | "pipeline:write">): Prisma.PipelineWhereInput {
  const { organizationId, tenantId, limits } = grant;
  return { organizationId, tenantId, ...(limits.pipelines ? { id: { in: [...limits.pipelines] } } : {}) };
}

/** A pipeline as the API shows it. */
export function viewOf(row: PipelineRow) {
  return { ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() };
}
