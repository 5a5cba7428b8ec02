import { z } from "zod";
import type { Scope } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { cursorTime, keysetPage } from "@/lib/db/keyset";
import { instant } from "@/lib/instant";
import { listOf, type PathOperations, pageQuery, tenantOperation } from "@/lib/operation";
import type { Resource } from "@/lib/resources/define";
import { jsonField, lineField } from "@/lib/resources/fields";
import { getRow } from "@/lib/resources/store";

/** The most points one call may send. */
export const maxPointsPerCall = 10_000;

const time = instant;
const point = z.strictObject({
  time,
  name: lineField(120),
  value: z.number(),
  attributes: jsonField.default({}),
});
const points = z
  .array(point)
  .min(1, "Send at least one point")
  .max(maxPointsPerCall, "Send at most 10,000 points a call");
const query = z.strictObject({
  ...pageQuery,
  from: time.optional(),
  to: time.optional(),
  name: lineField(120).optional(),
});

type Datasets = Resource<"metrics:read" | "metrics:write", Prisma.DatasetModel, z.ZodType<{ name: string }>>;

/** Ingest into, and query, one dataset; `{id}` is the dataset's. */
export function metricOperations(datasets: Datasets): PathOperations {
  return {
    GET: tenantOperation({
      summary: "Query the points of a dataset",
      description: "Points by time, oldest first: `from` is included, `to` is not.",
      scope: "metrics:read" satisfies Scope,
      query,
      responses: { 200: { description: "A page of points", schema: listOf(point) } },
      async handle({ grant, id, query }) {
        const { id: datasetId } = await getRow(datasets, grant, id);
        const { tenantId } = grant;
        const range = { ...(query.from ? { gte: query.from } : {}), ...(query.to ? { lt: query.to } : {}) };
        const filter = { tenantId, datasetId, time: range, ...(query.name ? { name: query.name } : {}) };
        const page = await keysetPage({
          sort: "time",
          order: "asc",
          cursor: query.cursor,
          limit: query.limit,
          nullable: false,
          valueOf: (row: Prisma.MetricPointModel) => row.time.toISOString(),
          parse: cursorTime,
          fetch: ({ where, orderBy, take }) =>
            db.metricPoint.findMany({ where: { AND: [filter, where] }, orderBy, take }),
        });
        return { status: 200, body: { items: page.items.map(viewOf), nextCursor: page.nextCursor } };
      },
    }),
    POST: tenantOperation({
      summary: "Ingest points into a dataset",
      description: "All of them are stored, or none.",
      scope: "metrics:write" satisfies Scope,
      body: points,
      responses: {
        201: { description: "All points are stored", schema: z.object({ accepted: z.number().int() }) },
      },
      async handle({ grant, id, body }) {
        const { id: datasetId } = await getRow(datasets, grant, id);
        const { tenantId } = grant;
        const { count } = await db.metricPoint.createMany({
          data: body.map((item) => ({
            ...item,
            tenantId,
            datasetId,
            attributes: item.attributes as Prisma.InputJsonObject,
          })),
        });
        return { status: 201, body: { accepted: count } };
      },
    }),
  };
}

function viewOf(row: Prisma.MetricPointModel) {
  return { time: row.time.toISOString(), name: row.name, value: row.value, attributes: row.attributes };
}
