import { randomUUID } from "node:crypto";
import { db } from "@/lib/db/client";
import { type NoticeType, noticeTypes } from "@/lib/notices/schema";
import type { Place } from "@/lib/test/fixtures";
import { messageOf } from "@/lib/webhooks/message";
import { generateWebhookSecret, sealSecret } from "@/lib/webhooks/secret";

/** Rows of webhooks, made straight in the database. */

// Where no service runs, what signs is the tests' own.
process.env.NEXTAUTH_SECRET ??= "a-secret-that-only-these-tests-know-0123456789";

/** A webhook of the place, with its secret. It asks for every event unless some are named. */
export async function createWebhookRow(place: Place, options: { url?: string; events?: readonly NoticeType[] } = {}) {
  const id = randomUUID();
  const secret = generateWebhookSecret();
  await db.webhook.create({
    data: {
      ...{ id, organizationId: place.organizationId, tenantId: place.tenantId },
      url: options.url ?? "https://hooks.example.com/praxis",
      events: [...(options.events ?? noticeTypes)],
      secret: sealSecret(secret, id),
    },
  });
  return { id, secret };
}

/** A message to a new webhook of the place that could not be delivered. */
export async function createDeliveryRow(place: Place) {
  const { id: webhookId } = await createWebhookRow(place);
  const { tenantId } = place;
  const payload = messageOf(place, "webhook.test", {}, new Date());
  return db.webhookDelivery.create({
    data: { tenantId, webhookId, event: "webhook.test", payload, state: "failed", attempts: 8, error: "It failed" },
    select: { id: true, webhookId: true },
  });
}
