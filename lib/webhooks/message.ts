import type { Prisma } from "@/lib/db/generated/client";

/** A delivery's payload by the Standard Webhooks specification: what happened, when, and about what. */
export function messageOf(
  place: { organizationId: string; tenantId: string },
  type: string,
  data: Prisma.InputJsonObject,
  now: Date,
): Prisma.InputJsonObject {
  return { type, timestamp: now.toISOString(), data: { ...place, ...data } };
}

/**
 * The job that makes the next try of a delivery. One webhook's jobs run one after the other, so that a receiver that
 * hangs holds up its own messages and not those of others. The trace is that of the call that brought it about.
 */
export function deliveryJob(delivery: { id: string; webhookId: string }, traceId?: string) {
  return {
    task: "deliver-webhook",
    payload: { deliveryId: delivery.id, ...(traceId !== undefined && { traceId }) },
    queue: `webhook:${delivery.webhookId}`,
    key: `delivery:${delivery.id}`,
  } as const;
}
