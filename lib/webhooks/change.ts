import { randomUUID } from "node:crypto";
import type { Grant } from "@/lib/access/decide";
import type { ListedAction } from "@/lib/audit/actions";
import { type AuditEntry, recordAudit } from "@/lib/audit/events";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import { invalidRequest, notFound, Problem } from "@/lib/errors";
import { requirePublicHost } from "./addresses";
import { findWebhook, ofTenant } from "./queries";
import {
  type CreateWebhookInput,
  maxWebhooks,
  type RotateWebhookSecretInput,
  type UpdateWebhookInput,
  type WebhookView,
} from "./schema";
import { generateWebhookSecret, sealSecret } from "./secret";
import { webhookColumns, webhookViewOf } from "./view";

type TenantWrite = Grant<"tenant:write">;

/**
 * Adds a webhook. The secret that signs its messages is in the result and nowhere else. Throws 400 for an address that
 * nothing is sent to, and 409 when the tenant has as many as it may have.
 */
export async function createWebhook(
  grant: TenantWrite,
  input: CreateWebhookInput,
): Promise<{ webhook: WebhookView; secret: string }> {
  const url = allowedUrl(input.url);
  const id = randomUUID();
  const secret = generateWebhookSecret();
  const webhook = await db.$transaction(async (transaction) => {
    // One at a time in each tenant, so that the count still holds when the webhook is there.
    await transaction.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`webhooks ${grant.tenantId}`}, 0))`;
    if ((await transaction.webhook.count({ where: ofTenant(grant) })) >= maxWebhooks)
      throw new Problem({ code: "conflict" }, `A tenant can have ${maxWebhooks} webhooks; delete one first`);
    const row = await transaction.webhook.create({
      data: {
        ...{ id, ...ofTenant(grant), url, description: input.description ?? "", events: input.events },
        secret: sealSecret(secret, id),
      },
      select: webhookColumns,
    });
    await recordAudit(transaction, grant, [entryOf("webhook.created", row, { events: row.events })]);
    return webhookViewOf(row);
  });
  return { webhook, secret };
}

/** Changes the fields given. Throws 404, and 400 for an address that nothing is sent to. */
export async function updateWebhook(grant: TenantWrite, id: string, input: UpdateWebhookInput): Promise<WebhookView> {
  const { url, description, events, enabled } = input;
  const changes = {
    ...(url === undefined ? {} : { url: allowedUrl(url) }),
    ...(description === undefined ? {} : { description }),
    ...(events === undefined ? {} : { events }),
    ...(enabled === undefined ? {} : { enabled }),
  };
  return db.$transaction(async (transaction) => {
    await lockWebhook(transaction, grant, id);
    const before = await findWebhook(transaction, grant, id);
    const after = await transaction.webhook.update({ where: { id }, data: changes, select: webhookColumns });
    await recordAudit(transaction, grant, [
      entryOf("webhook.updated", after, { before: recorded(before), after: recorded(after) }),
    ]);
    return webhookViewOf(after);
  });
}

/** Deletes a webhook and the log of its deliveries. Throws 404. */
export async function deleteWebhook(grant: TenantWrite, id: string): Promise<void> {
  await db.$transaction(async (transaction) => {
    await lockWebhook(transaction, grant, id);
    const webhook = await findWebhook(transaction, grant, id);
    await transaction.webhook.delete({ where: { id } });
    await recordAudit(transaction, grant, [entryOf("webhook.deleted", webhook, { events: webhook.events })]);
  });
}

/**
 * Gives a webhook a new secret, which is in the result and nowhere else. For `overlapSeconds` messages are signed with
 * the old one as well; one from a rotation before that ends now. Throws 404.
 */
export async function rotateWebhookSecret(
  grant: TenantWrite,
  id: string,
  { overlapSeconds }: RotateWebhookSecretInput,
): Promise<{ webhook: WebhookView; secret: string }> {
  const secret = generateWebhookSecret();
  const webhook = await db.$transaction(async (transaction) => {
    const current = await lockWebhook(transaction, grant, id);
    const overlap = {
      previousSecret: Uint8Array.from(current.secret),
      previousSecretUntil: new Date(Date.now() + overlapSeconds * 1000),
    };
    const row = await transaction.webhook.update({
      where: { id },
      data: {
        secret: sealSecret(secret, id),
        ...(overlapSeconds > 0 ? overlap : { previousSecret: null, previousSecretUntil: null }),
      },
      select: webhookColumns,
    });
    await recordAudit(transaction, grant, [entryOf("webhook.secret_rotated", row, { overlapSeconds })]);
    return webhookViewOf(row);
  });
  return { webhook, secret };
}

/** Makes changes to one webhook happen one after the other. Throws 404. */
async function lockWebhook(transaction: Prisma.TransactionClient, grant: TenantWrite, id: string) {
  const [row] = await transaction.$queryRaw<{ secret: Uint8Array }[]>`
    select secret from webhooks where id = ${id}::uuid and organization_id = ${grant.organizationId}::uuid
      and tenant_id = ${grant.tenantId}::uuid for update`;
  if (!row) throw notFound("webhook");
  return row;
}

/** The address as it is called. Throws 400 naming `url` for one that messages are never sent to. */
function allowedUrl(text: string): string {
  const url = new URL(text);
  url.hash = "";
  if (env.WEBHOOK_PRIVATE_ADDRESSES === "allow") return url.href;
  const issue = (message: string) => invalidRequest([{ path: "url", message }]);
  if (url.protocol !== "https:") throw issue("Use an address that begins with https://");
  try {
    requirePublicHost(url);
  } catch {
    throw issue("Use an address on the public Internet");
  }
  return url.href;
}

/** Paths and queries of such addresses are often secrets: only the host goes on record. */
function entryOf(
  action: Extract<ListedAction, `webhook.${string}`>,
  webhook: { id: string; url: string },
  details: Prisma.InputJsonObject,
): AuditEntry {
  return { action, target: { kind: "webhook", id: webhook.id, label: new URL(webhook.url).host }, details };
}

function recorded({ url, ...webhook }: { url: string; description: string; events: string[]; enabled: boolean }) {
  const { description, events, enabled } = webhook;
  return { host: new URL(url).host, description, events, enabled };
}
