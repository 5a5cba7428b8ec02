import { z } from "zod";
import type { Prisma } from "@/lib/db/generated/client";
import { noticeTypes } from "@/lib/notices/schema";
import { nextAttempt } from "./schedule";
import type { DeliveryView, WebhookView } from "./schema";

const outcomeColumns = {
  id: true,
  event: true,
  state: true,
  attempts: true,
  responseStatus: true,
  error: true,
  createdAt: true,
  lastAttemptAt: true,
} as const satisfies Prisma.WebhookDeliverySelect;

/** The columns a webhook is shown from. Its secrets are not among them. */
export const webhookColumns = {
  id: true,
  url: true,
  description: true,
  events: true,
  enabled: true,
  createdAt: true,
  previousSecretUntil: true,
  deliveries: { orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: 1, select: outcomeColumns },
} as const satisfies Prisma.WebhookSelect;

export const deliveryColumns = {
  ...outcomeColumns,
  webhookId: true,
  payload: true,
} as const satisfies Prisma.WebhookDeliverySelect;

type WebhookRow = Prisma.WebhookGetPayload<{ select: typeof webhookColumns }>;
export type DeliveryRow = Prisma.WebhookDeliveryGetPayload<{ select: typeof deliveryColumns }>;

const payloadColumn = z.record(z.string(), z.json());

/** A webhook as the API and the pages show it. */
export function webhookViewOf(row: WebhookRow, now: Date = new Date()): WebhookView {
  const { id, url, description, enabled, previousSecretUntil } = row;
  const [last] = row.deliveries;
  return {
    ...{ id, url, description, enabled },
    events: noticeTypes.filter((type) => row.events.includes(type)),
    createdAt: row.createdAt.toISOString(),
    previousSecretUntil: previousSecretUntil && previousSecretUntil > now ? previousSecretUntil.toISOString() : null,
    lastDelivery: last ? outcomeOf(last) : null,
  };
}

/** A delivery as the API and the pages show it. */
export function deliveryViewOf(row: DeliveryRow): DeliveryView {
  const { state, attempts, lastAttemptAt } = row;
  const next = state === "pending" && lastAttemptAt ? nextAttempt(attempts, lastAttemptAt) : null;
  return {
    ...outcomeOf(row),
    webhookId: row.webhookId,
    nextAttemptAt: next?.toISOString() ?? null,
    payload: payloadColumn.parse(row.payload),
  };
}

function outcomeOf(row: WebhookRow["deliveries"][number]) {
  const { id, event, state, attempts, responseStatus, error } = row;
  return {
    ...{ id, event, state, attempts, responseStatus, error },
    createdAt: row.createdAt.toISOString(),
    lastAttemptAt: row.lastAttemptAt?.toISOString() ?? null,
  };
}
