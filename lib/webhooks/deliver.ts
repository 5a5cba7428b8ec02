import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { addJobs } from "@/lib/jobs/queue";
import { countDelivery } from "@/lib/metrics/instance";
import { traceparentOf } from "@/lib/trace";
import { deliveryJob } from "./message";
import { type PostResult, post } from "./post";
import { nextAttempt } from "./schedule";
import { openSecret } from "./secret";
import { signatureHeaders } from "./sign";

const defaultTimeoutMilliseconds = 10_000;

interface TryOptions {
  /** Ends the try when the service stops. */
  signal?: AbortSignal | undefined;
  timeoutMilliseconds?: number;
  /** The trace that the message belongs to; else it begins one, the same at each try. */
  traceId?: string | undefined;
}

const deliveryColumns = {
  id: true,
  webhookId: true,
  payload: true,
  attempts: true,
  webhook: {
    select: { id: true, url: true, enabled: true, secret: true, previousSecret: true, previousSecretUntil: true },
  },
} as const;

/** What came of a try: delivered, to be tried again, or not worth another try. */
type Outcome = { state: "delivered" | "failed" | "retry"; responseStatus: number | null; error: string | null };

/**
 * Makes one try of a delivery and puts on record what came of it, with the next try if there is to be one. A delivery
 * that is no longer pending, or gone, needs nothing. Throws when the service stops meanwhile: the job runs again.
 */
export async function deliver(deliveryId: string, options: TryOptions = {}): Promise<void> {
  const delivery = await db.webhookDelivery.findFirst({
    where: { id: deliveryId, state: "pending" },
    select: deliveryColumns,
  });
  if (!delivery) return;
  const outcome = await attempt(delivery, options);
  const attempts = delivery.attempts + 1;
  const lastAttemptAt = new Date();
  const retryAt = outcome.state === "retry" ? nextAttempt(attempts, lastAttemptAt) : null;
  await db.$transaction(async (transaction) => {
    const { count } = await transaction.webhookDelivery.updateMany({
      where: { id: delivery.id, state: "pending", attempts: delivery.attempts },
      data: {
        state: outcome.state === "delivered" ? "delivered" : retryAt === null ? "failed" : "pending",
        ...{ attempts, lastAttemptAt, responseStatus: outcome.responseStatus, error: outcome.error },
      },
    });
    if (count === 0) return;
    countDelivery(outcome.state === "retry" && retryAt === null ? "failed" : outcome.state);
    if (retryAt !== null) await addJobs(transaction, [{ ...deliveryJob(delivery, options.traceId), runAt: retryAt }]);
  });
}

type Delivery = Awaited<ReturnType<typeof db.webhookDelivery.findFirstOrThrow<{ select: typeof deliveryColumns }>>>;

async function attempt({ id, payload, webhook }: Delivery, options: TryOptions): Promise<Outcome> {
  const { signal, timeoutMilliseconds = defaultTimeoutMilliseconds, traceId = id.replaceAll("-", "") } = options;
  const now = new Date();
  if (!webhook.enabled) return failed("The webhook was turned off before this was sent");
  const secret = openSecret(webhook.secret, webhook.id);
  if (secret === null) return retry("The signing secret cannot be read since AUTH_SECRET changed; rotate it");
  const previous =
    webhook.previousSecret && webhook.previousSecretUntil && webhook.previousSecretUntil > now
      ? openSecret(webhook.previousSecret, webhook.id)
      : null;
  const body = JSON.stringify(payload);
  const result = await post(new URL(webhook.url), {
    headers: {
      "content-type": "application/json",
      "user-agent": "Praxis-Identity",
      traceparent: traceparentOf(traceId),
      ...signatureHeaders(id, body, previous === null ? [secret] : [secret, previous], now),
    },
    body,
    privateAddresses: env.WEBHOOK_PRIVATE_ADDRESSES,
    timeoutMilliseconds,
    signal,
  });
  return outcomeOf(result);
}

function outcomeOf(result: PostResult): Outcome {
  if ("error" in result) return retry(result.error);
  const { status } = result;
  if (status >= 200 && status < 300) return { state: "delivered", responseStatus: status, error: null };
  const error = status >= 300 && status < 400 ? "Redirects are not followed" : `The receiver answered ${status}`;
  return retry(error, status);
}

function retry(error: string, responseStatus: number | null = null): Outcome {
  return { state: "retry", responseStatus, error };
}

function failed(error: string): Outcome {
  return { state: "failed", responseStatus: null, error };
}
