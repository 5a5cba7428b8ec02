import { routes } from "@/lib/gates/route";
import { tenantOperation } from "@/lib/operation";
import { sendTest } from "@/lib/webhooks/deliveries";
import { deliverySchema } from "@/lib/webhooks/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: tenantOperation({
    summary: "Send a webhook a test message",
    description: "Of the type `webhook.test`, whatever events it asks for. What comes of it is in its deliveries.",
    scope: "tenant:write",
    responses: { 201: { description: "The delivery, still to be made", schema: deliverySchema } },
    errors: ["conflict"],
    async handle({ grant, id }) {
      return { status: 201, body: await sendTest(grant, id) };
    },
  }),
});
