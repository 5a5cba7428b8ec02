import { randomUUID } from "node:crypto";
import type { Grant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { notFound, Problem } from "@/lib/errors";
import { addJobs } from "@/lib/jobs/queue";
import { deliveryJob, messageOf } from "./message";
import { findWebhook, ofTenant } from "./queries";
import type { DeliveryView } from "./schema";
import { deliveryColumns, deliveryViewOf } from "./view";

/** Sends a webhook a message that says it is a test. Throws 404, and 409 when the webhook is off. */
export async function sendTest(grant: Grant<"tenant:write">, webhookId: string): Promise<DeliveryView> {
  return db.$transaction(async (transaction) => {
    const webhook = await findWebhook(transaction, grant, webhookId);
    requireEnabled(webhook);
    const { organizationId, tenantId } = grant;
    const data = { message: "This is a test. Nothing happened to any token." };
    const row = await transaction.webhookDelivery.create({
      data: {
        ...{ id: randomUUID(), tenantId, webhookId, event: testEvent },
        payload: messageOf({ organizationId, tenantId }, testEvent, data, new Date()),
      },
      select: deliveryColumns,
    });
    await addJobs(transaction, [deliveryJob(row, grant.origin.correlationId)]);
    return deliveryViewOf(row);
  });
}

const testEvent = "webhook.test";

/**
 * Sends a message again, whatever came of it, with the same id and as many tries as at first. Throws 404, and 409 when
 * the webhook is off.
 */
export async function resend(grant: Grant<"tenant:write">, deliveryId: string): Promise<DeliveryView> {
  return db.$transaction(async (transaction) => {
    const where = { id: deliveryId, tenantId: grant.tenantId, webhook: ofTenant(grant) };
    const delivery = await requireDelivery(transaction, where);
    requireEnabled(delivery.webhook);
    await transaction.webhookDelivery.updateMany({
      where,
      data: { state: "pending", attempts: 0, lastAttemptAt: null, responseStatus: null, error: null },
    });
    await addJobs(transaction, [deliveryJob(delivery, grant.origin.correlationId)]);
    const { webhook: _, ...row } = await requireDelivery(transaction, where);
    return deliveryViewOf(row);
  });
}

async function requireDelivery(transaction: Prisma.TransactionClient, where: Prisma.WebhookDeliveryWhereInput) {
  const row = await transaction.webhookDelivery.findFirst({
    where,
    select: { ...deliveryColumns, webhook: { select: { enabled: true } } },
  });
  if (!row) throw notFound("delivery");
  return row;
}

function requireEnabled(webhook: { enabled: boolean }): void {
  if (!webhook.enabled) throw new Problem({ code: "conflict" }, "The webhook is turned off; turn it on first");
}
