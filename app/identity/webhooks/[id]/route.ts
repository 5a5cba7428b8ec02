import { routes } from "@/lib/gates/route";
import { tenantOperation } from "@/lib/operation";
import { deleteWebhook, updateWebhook } from "@/lib/webhooks/change";
import { getWebhook } from "@/lib/webhooks/queries";
import { updateWebhookSchema, webhookSchema } from "@/lib/webhooks/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: tenantOperation({
    summary: "Read a webhook",
    scope: "tenant:read",
    responses: { 200: { description: "The webhook", schema: webhookSchema } },
    async handle({ grant, id }) {
      return { status: 200, body: await getWebhook(grant, id) };
    },
  }),
  PATCH: tenantOperation({
    summary: "Change a webhook, or turn it on or off",
    description: "What is still to be sent when it is turned off is not sent.",
    scope: "tenant:write",
    body: updateWebhookSchema,
    responses: { 200: { description: "The webhook as it now is", schema: webhookSchema } },
    async handle({ grant, id, body }) {
      return { status: 200, body: await updateWebhook(grant, id, body) };
    },
  }),
  DELETE: tenantOperation({
    summary: "Delete a webhook and the log of its deliveries",
    scope: "tenant:write",
    responses: { 204: { description: "It is gone" } },
    async handle({ grant, id }) {
      await deleteWebhook(grant, id);
      return { status: 204 };
    },
  }),
});
