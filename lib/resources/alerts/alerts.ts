import { z } from "zod";
import type { Prisma } from "@/lib/db/generated/client";
import { type PathOperations, tenantOperation } from "@/lib/operation";
import { defineResource, type ResourceApi, type ResourceChange } from "@/lib/resources/define";
import { jsonField, lineField, nameField, rowFields, rowTimes } from "@/lib/resources/fields";
import { collectionOperations, itemOperations } from "@/lib/resources/operations";
import { changeRow } from "@/lib/resources/store";

const input = z.strictObject({
  name: nameField,
  summary: lineField(500),
  severity: z.enum(["info", "warning", "critical"]),
  labels: jsonField.default({}),
});

/** Alerts are raised, acknowledged by whoever takes care, and resolved. Raising one again opens it anew. */
const alerts = defineResource({
  kind: "alert",
  path: "/v1/alerts",
  label: { one: "alert", many: "alerts" },
  read: "alerts:read",
  write: "alerts:write",
  input,
  output: z.object({
    ...input.shape,
    state: z.enum(["open", "acknowledged", "resolved"]),
    acknowledgedAt: z.iso.datetime().nullable(),
    resolvedAt: z.iso.datetime().nullable(),
    ...rowFields,
  }),
  limit: null,
  table: (client) => client.alert,
  insert: (client, alert, owner) => client.alert.createMany({ data: { ...alert, ...owner }, skipDuplicates: true }),
  toColumns: (alert) => ({ ...alert, acknowledgedAt: null, resolvedAt: null }),
  toView: (row: Prisma.AlertModel) => {
    const { id, name, summary, severity, labels, acknowledgedAt, resolvedAt } = row;
    return {
      ...{ id, name, summary, severity, labels },
      state: resolvedAt ? "resolved" : acknowledgedAt ? "acknowledged" : "open",
      acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
      resolvedAt: resolvedAt?.toISOString() ?? null,
      ...rowTimes(row),
    };
  },
});

const example = { name: "disk-full-oslo-1", summary: "The disk of oslo-1 is 95 % full", severity: "critical" };

export const alertApi: ResourceApi = {
  tag: { name: "Alerts", description: "Raised, acknowledged, resolved." },
  operations: {
    "/v1/alerts": collectionOperations(alerts),
    "/v1/alerts/{id}": itemOperations(alerts),
    "/v1/alerts/{id}/acknowledge": transition("Acknowledge an open alert", "acknowledged", {
      column: "acknowledgedAt",
      from: { acknowledgedAt: null, resolvedAt: null },
    }),
    "/v1/alerts/{id}/resolve": transition("Resolve an alert", "resolved", {
      column: "resolvedAt",
      from: { resolvedAt: null },
    }),
  },
  examples: {
    "POST /v1/alerts": example,
    "PUT /v1/alerts/{id}": { ...example, severity: "warning" },
  },
};

function transition(summary: string, change: ResourceChange, step: { column: string; from: object }): PathOperations {
  return {
    POST: tenantOperation({
      summary,
      scope: alerts.write,
      responses: { 200: { description: "The alert as it now is", schema: alerts.output } },
      errors: ["conflict"],
      async handle({ grant, id }) {
        const row = await changeRow(alerts, grant, id, { [step.column]: new Date() }, change, step.from);
        return { status: 200, body: alerts.toView(row) };
      },
    }),
  };
}
