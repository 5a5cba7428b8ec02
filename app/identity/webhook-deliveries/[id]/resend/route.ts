import { routes } from "@/lib/gates/route";
import { tenantOperation } from "@/lib/operation";
import { resend } from "@/lib/webhooks/deliveries";
import { deliverySchema } from "@/lib/webhooks/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: tenantOperation({
    summary: "Send a webhook's message again",
    description: "With the same `webhook-id`, whatever came of it before, and with as many tries as at first.",
    scope: "tenant:write",
    responses: { 200: { description: "The delivery, still to be made", schema: deliverySchema } },
    errors: ["conflict"],
    async handle({ grant, id }) {
      return { status: 200, body: await resend(grant, id) };
    },
  }),
});
