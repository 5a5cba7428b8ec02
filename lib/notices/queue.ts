import { randomUUID } from "node:crypto";
import type { Origin } from "@/lib/access/principal";
import type { Prisma } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import { addJobs } from "@/lib/jobs/queue";
import { deliveryJob, messageOf } from "@/lib/webhooks/message";
import { type Notice, type NoticePlace, noticeTypes } from "./schema";

/** An e-mail names this many tokens; of more it says how many. */
const namedInEmail = 20;
/** With graphile-worker's growing delays, within about a day. */
const emailAttempts = 12;

/**
 * Tells a tenant, or the owner of a personal token, what happened: to its webhooks that ask for it, one message for
 * each token, and by e-mail, if the service sends any, one for all. Nothing is sent unless the transaction commits.
 * Called before the audit is recorded, which holds the audit chain until then.
 */
export async function queueNotices(
  transaction: Prisma.TransactionClient,
  place: NoticePlace & { origin?: Origin },
  notices: readonly Notice[],
): Promise<void> {
  if (notices.length === 0) return;
  if ("tenantId" in place) await queueDeliveries(transaction, place, notices, place.origin?.correlationId);
  if (env.SMTP_URL !== undefined) await queueEmails(transaction, place, notices);
}

async function queueDeliveries(
  transaction: Prisma.TransactionClient,
  { organizationId, tenantId }: Extract<NoticePlace, { tenantId: string }>,
  notices: readonly Notice[],
  traceId: string | undefined,
): Promise<void> {
  const webhooks = await transaction.webhook.findMany({
    where: { organizationId, tenantId, enabled: true },
    select: { id: true, events: true },
  });
  const now = new Date();
  const deliveries = webhooks.flatMap(({ id: webhookId, events }) =>
    notices
      .filter(({ type }) => events.includes(type))
      .map(({ type, ...data }) => ({
        id: randomUUID(),
        webhookId,
        event: type,
        payload: messageOf({ organizationId, tenantId }, type, data, now),
      })),
  );
  if (deliveries.length === 0) return;
  // Raw SQL: Prisma's createMany takes ten times as long for ten thousand rows.
  await transaction.$executeRaw`
    insert into webhook_deliveries (id, tenant_id, webhook_id, event, payload)
    select id, ${tenantId}::uuid, "webhookId", event, payload
    from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) as d(id uuid, "webhookId" uuid, event text, payload jsonb)`;
  await addJobs(
    transaction,
    deliveries.map((delivery) => deliveryJob(delivery, traceId)),
  );
}

async function queueEmails(
  transaction: Prisma.TransactionClient,
  place: NoticePlace,
  notices: readonly Notice[],
): Promise<void> {
  const byType = noticeTypes.map((type) => notices.filter((notice) => notice.type === type));
  await addJobs(
    transaction,
    byType
      .filter((all) => all.length > 0)
      .map((all) => ({
        task: "email-notices" as const,
        payload: { place: placeOnly(place), notices: all.slice(0, namedInEmail), total: all.length },
        maxAttempts: emailAttempts,
      })),
  );
}

/** A grant may stand for the place: only its ids go into the job. */
function placeOnly(place: NoticePlace): NoticePlace {
  if ("userId" in place) return { userId: place.userId };
  return { organizationId: place.organizationId, tenantId: place.tenantId };
}
