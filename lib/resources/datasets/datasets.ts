import { z } from "zod";
import type { Prisma } from "@/lib/db/generated/client";
import { defineResource, type ResourceApi } from "@/lib/resources/define";
import { descriptionField, nameField, rowFields, rowTimes } from "@/lib/resources/fields";
import { collectionOperations } from "@/lib/resources/operations";
import { metricOperations } from "./metrics";

const input = z.strictObject({ name: nameField, description: descriptionField });

/** Datasets hold metrics. A token may be limited to chosen ones. */
export const datasets = defineResource({
  kind: "dataset",
  path: "/v1/datasets",
  label: { one: "dataset", many: "datasets" },
  read: "metrics:read",
  write: "metrics:write",
  input,
  output: z.object({ ...input.shape, ...rowFields }),
  limit: "datasets",
  table: (client) => client.dataset,
  insert: (client, dataset, owner) =>
    client.dataset.createMany({ data: { ...dataset, ...owner }, skipDuplicates: true }),
  toColumns: (dataset) => dataset,
  toView: (row: Prisma.DatasetModel) => {
    const { id, name, description } = row;
    return { id, name, description, ...rowTimes(row) };
  },
});

export const datasetApi: ResourceApi = {
  tag: { name: "Metrics", description: "Datasets, and the points in them." },
  operations: {
    "/v1/datasets": collectionOperations(datasets),
    "/v1/metrics/{id}": metricOperations(datasets),
  },
  examples: {
    "POST /v1/datasets": { name: "edge", description: "Points from the edge sites" },
    "POST /v1/metrics/{id}": [
      { time: "2026-11-23T12:00:00Z", name: "cpu.load", value: 0.42, attributes: { host: "oslo-1" } },
      { time: "2026-11-23T12:01:00Z", name: "cpu.load", value: 0.47, attributes: { host: "oslo-1" } },
    ],
  },
};
