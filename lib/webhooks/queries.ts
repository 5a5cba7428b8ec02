import type { Grant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { cursorTime, keysetPage, type Page } from "@/lib/db/keyset";
import { notFound } from "@/lib/errors";
import type { DeliveryListQuery, DeliveryView, WebhookView } from "./schema";
import { type DeliveryRow, deliveryColumns, deliveryViewOf, webhookColumns, webhookViewOf } from "./view";

type AnyGrant = Grant<"tenant:read" | "tenant:write">;

/** One page of the tenant's webhooks, newest first. */
export async function listWebhooks(
  grant: Grant<"tenant:read">,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<WebhookView>> {
  const page = await keysetPage({
    ...{ sort: "createdAt", order: "desc", cursor: query.cursor, limit: query.limit, nullable: false },
    valueOf: (row: Prisma.WebhookGetPayload<{ select: typeof webhookColumns }>) => row.createdAt.toISOString(),
    parse: cursorTime,
    fetch: ({ where, orderBy, take }) =>
      db.webhook.findMany({ where: { AND: [ofTenant(grant), where] }, orderBy, take, select: webhookColumns }),
  });
  return { ...page, items: page.items.map((row) => webhookViewOf(row)) };
}

/** One webhook of the tenant. Throws 404. */
export async function getWebhook(grant: AnyGrant, id: string): Promise<WebhookView> {
  return webhookViewOf(await findWebhook(db, grant, id));
}

/** One webhook, read in the transaction that changes it. Throws 404. */
export async function findWebhook(client: Prisma.TransactionClient, grant: AnyGrant, id: string) {
  const row = await client.webhook.findFirst({ where: { id, ...ofTenant(grant) }, select: webhookColumns });
  if (!row) throw notFound("webhook");
  return row;
}

/** One page of what was sent to a webhook, newest first. Throws 404. */
export async function listDeliveries(
  grant: Grant<"tenant:read">,
  webhookId: string,
  query: DeliveryListQuery,
): Promise<Page<DeliveryView>> {
  await findWebhook(db, grant, webhookId);
  const ofWebhook = { webhookId, tenantId: grant.tenantId, ...(query.state ? { state: query.state } : {}) };
  const page = await keysetPage({
    ...{ sort: "createdAt", order: "desc", cursor: query.cursor, limit: query.limit, nullable: false },
    valueOf: (row: DeliveryRow) => row.createdAt.toISOString(),
    parse: cursorTime,
    fetch: ({ where, orderBy, take }) =>
      db.webhookDelivery.findMany({ where: { AND: [ofWebhook, where] }, orderBy, take, select: deliveryColumns }),
  });
  return { ...page, items: page.items.map(deliveryViewOf) };
}

/** The fence every webhook query stands behind. */
export function ofTenant({ organizationId, tenantId }: AnyGrant) {
  return { organizationId, tenantId };
}
