import { z } from "zod";
import type { Prisma } from "@/lib/db/generated/client";
import { defineResource, type ResourceApi } from "@/lib/resources/define";
import { descriptionField, jsonField, lineField, nameField, rowFields, rowTimes } from "@/lib/resources/fields";
import { collectionOperations, itemOperations } from "@/lib/resources/operations";

const input = z.strictObject({
  name: nameField,
  description: descriptionField,
  version: lineField(40).optional(),
  platform: z.enum(["linux", "windows", "macos", "kubernetes", "other"]),
  state: z.enum(["starting", "running", "degraded", "stopped"]).default("starting"),
  settings: jsonField.default({}),
});

/** Collectors run where the telemetry is and send it in. */
const collectors = defineResource({
  kind: "collector",
  path: "/v1/collectors",
  label: { one: "collector", many: "collectors" },
  read: "collector:read",
  write: "collector:write",
  input,
  output: z.object({ ...input.shape, version: z.string().nullable(), ...rowFields }),
  limit: null,
  table: (client) => client.collector,
  insert: (client, { version, ...collector }, owner) =>
    client.collector.createMany({ data: { ...collector, version: version ?? null, ...owner }, skipDuplicates: true }),
  toColumns: (collector) => ({ ...collector, version: collector.version ?? null }),
  toView: (row: Prisma.CollectorModel) => {
    const { id, name, description, version, platform, state, settings } = row;
    return { id, name, description, version, platform, state, settings, ...rowTimes(row) };
  },
});

const example = { name: "oslo-1", version: "0.139.0", platform: "linux" };

export const collectorApi: ResourceApi = {
  tag: { name: "Collectors", description: "Run where the telemetry is and send it in." },
  operations: {
    "/v1/collectors": collectionOperations(collectors),
    "/v1/collectors/{id}": itemOperations(collectors),
  },
  examples: {
    "POST /v1/collectors": example,
    "PUT /v1/collectors/{id}": { ...example, state: "running" },
  },
};
