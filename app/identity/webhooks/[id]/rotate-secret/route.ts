import { routes } from "@/lib/gates/route";
import { tenantOperation } from "@/lib/operation";
import { rotateWebhookSecret } from "@/lib/webhooks/change";
import { issuedWebhookSchema, rotateWebhookSecretSchema } from "@/lib/webhooks/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: tenantOperation({
    summary: "Rotate a webhook's secret",
    description:
      "Messages carry a signature by each secret for the overlap, so that the receiver can change over without " +
      "refusing any; 0 ends the old secret now.",
    scope: "tenant:write",
    body: rotateWebhookSecretSchema,
    responses: { 200: { description: "The webhook and its new secret, shown this once", schema: issuedWebhookSchema } },
    async handle({ grant, id, body }) {
      return { status: 200, body: await rotateWebhookSecret(grant, id, body) };
    },
  }),
});
