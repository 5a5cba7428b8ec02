import { z } from "zod";
import type { Prisma } from "@/lib/db/generated/client";
import { defineResource, type ResourceApi } from "@/lib/resources/define";
import { descriptionField, jsonField, lineField, nameField, rowFields, rowTimes } from "@/lib/resources/fields";
import { collectionOperations, itemOperations } from "@/lib/resources/operations";

const input = z.strictObject({
  name: nameField,
  description: descriptionField,
  enabled: z.boolean().default(true),
  signal: z.enum(["metrics", "logs", "traces"]),
  source: lineField(200),
  destination: lineField(200),
  configuration: jsonField.default({}),
});

/** Pipelines move telemetry from a source to a destination. */
const pipelines = defineResource({
  kind: "pipeline",
  path: "/v1/pipelines",
  label: { one: "pipeline", many: "pipelines" },
  read: "pipeline:read",
  write: "pipeline:write",
  input,
  output: z.object({ ...input.shape, ...rowFields }),
  limit: "pipelines",
  table: (client) => client.pipeline,
  insert: (client, pipeline, owner) =>
    client.pipeline.createMany({ data: { ...pipeline, ...owner }, skipDuplicates: true }),
  toColumns: (pipeline) => pipeline,
  toView: (row: Prisma.PipelineModel) => {
    const { id, name, description, enabled, signal, source, destination, configuration } = row;
    return { id, name, description, enabled, signal, source, destination, configuration, ...rowTimes(row) };
  },
});

const example = { name: "nginx", signal: "logs", source: "filelog", destination: "s3://logs" };

export const pipelineApi: ResourceApi = {
  tag: { name: "Pipelines", description: "Move telemetry from a source to a destination." },
  operations: {
    "/v1/pipelines": collectionOperations(pipelines),
    "/v1/pipelines/{id}": itemOperations(pipelines),
  },
  examples: {
    "POST /v1/pipelines": example,
    "PUT /v1/pipelines/{id}": { ...example, enabled: false },
  },
};
