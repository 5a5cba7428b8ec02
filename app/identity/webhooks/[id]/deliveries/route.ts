import { routes } from "@/lib/gates/route";
import { listOf, tenantOperation } from "@/lib/operation";
import { listDeliveries } from "@/lib/webhooks/queries";
import { deliveryListQuerySchema, deliverySchema } from "@/lib/webhooks/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: tenantOperation({
    summary: "List what was sent to a webhook",
    description: "Newest first; kept for 30 days.",
    scope: "tenant:read",
    query: deliveryListQuerySchema,
    responses: { 200: { description: "A page of deliveries", schema: listOf(deliverySchema) } },
    async handle({ grant, id, query }) {
      const { items, nextCursor } = await listDeliveries(grant, id, query);
      return { status: 200, body: { items, nextCursor } };
    },
  }),
});
