import { z } from "zod";
import { routes } from "@/lib/gates/route";
import { listOf, pageQuery, tenantOperation } from "@/lib/operation";
import { createWebhook } from "@/lib/webhooks/change";
import { listWebhooks } from "@/lib/webhooks/queries";
import { createWebhookSchema, issuedWebhookSchema, webhookSchema } from "@/lib/webhooks/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: tenantOperation({
    summary: "List webhooks",
    description: "Newest first, each with its last delivery.",
    scope: "tenant:read",
    query: z.strictObject(pageQuery),
    responses: { 200: { description: "A page of webhooks", schema: listOf(webhookSchema) } },
    async handle({ grant, query }) {
      const { items, nextCursor } = await listWebhooks(grant, query);
      return { status: 200, body: { items, nextCursor } };
    },
  }),
  POST: tenantOperation({
    summary: "Create a webhook",
    description:
      "Messages are POST requests by the Standard Webhooks specification (standardwebhooks.com), signed with the " +
      "secret that only this answer holds. Answer 2xx within 10 seconds; anything else, redirects included, is tried " +
      "again: eight times within about a day. A message may come twice; its `webhook-id` stays the same.",
    scope: "tenant:write",
    body: createWebhookSchema,
    responses: { 201: { description: "The webhook and its secret, shown this once", schema: issuedWebhookSchema } },
    errors: ["conflict"],
    async handle({ grant, body }) {
      return { status: 201, body: await createWebhook(grant, body) };
    },
  }),
});
