import { z } from "zod";
import { noticeTypes } from "@/lib/notices/schema";
import { pageQuery } from "@/lib/operation";

/** The shapes of webhooks on the wire, shared by forms, server actions and route handlers. */

export const maxWebhooks = 10;
/** The longest a secret signs on after it was replaced. */
export const maxOverlapSeconds = 7 * 24 * 60 * 60;

const url = z
  .string()
  .trim()
  .max(2000, "Use at most 2000 characters")
  .superRefine((text, context) => {
    const message = urlFlaw(text);
    if (message !== null) context.addIssue({ code: "custom", message });
  })
  .describe("Where messages are sent, by POST; https unless the deployment allows otherwise");
const description = z
  .string()
  .trim()
  .max(200, "Use at most 200 characters")
  .regex(/^[^\p{Cc}]*$/u, "Use no control characters");
const events = z
  .array(z.enum(noticeTypes, "Choose among the events there are"))
  .min(1, "Choose at least one event")
  .max(noticeTypes.length, "Name each event once")
  .transform((chosen) => noticeTypes.filter((type) => chosen.includes(type)));

/** What `POST /identity/webhooks` and the dialog take. */
export const createWebhookSchema = z.strictObject({ url, description: description.optional(), events });
export type CreateWebhookInput = z.infer<typeof createWebhookSchema>;

/** What `PATCH /identity/webhooks/{id}` takes. */
export const updateWebhookSchema = z
  .strictObject({
    url: url.optional(),
    description: description.optional(),
    events: events.optional(),
    enabled: z.boolean().optional().describe("Whether it is told of anything"),
  })
  .refine((input) => Object.values(input).some((value) => value !== undefined), "Give something to change");
export type UpdateWebhookInput = z.infer<typeof updateWebhookSchema>;

/** What `POST /identity/webhooks/{id}/rotate-secret` takes. */
export const rotateWebhookSecretSchema = z.strictObject({
  overlapSeconds: z
    .number()
    .int("Use whole seconds")
    .min(0, "Use 0 or more")
    .max(maxOverlapSeconds, "Use at most 604800, seven days")
    .describe("How long messages are signed with the old secret as well; 0 ends it now"),
});
export type RotateWebhookSecretInput = z.infer<typeof rotateWebhookSecretSchema>;

export const deliveryStates = ["pending", "delivered", "failed"] as const;

/** The query of `GET /identity/webhooks/{id}/deliveries`. */
export const deliveryListQuerySchema = z.strictObject({
  state: z.enum(deliveryStates).optional().describe("Only deliveries in this state"),
  ...pageQuery,
});
export type DeliveryListQuery = z.infer<typeof deliveryListQuerySchema>;

const outcome = {
  id: z.uuid().describe("The webhook-id header of each try"),
  event: z.string(),
  state: z.enum(deliveryStates).describe("pending: not sent yet, or to be tried again"),
  attempts: z.number().int(),
  responseStatus: z.number().int().nullable().describe("The HTTP status of the last answer; null: there was none"),
  error: z.string().nullable().describe("Why the last try failed"),
  createdAt: z.iso.datetime(),
  lastAttemptAt: z.iso.datetime().nullable(),
};

/** One message to one webhook, with what came of it. */
export const deliverySchema = z
  .object({
    ...outcome,
    webhookId: z.uuid(),
    nextAttemptAt: z.iso.datetime().nullable().describe("Null when no other try will be made, or the first is due"),
    payload: z.record(z.string(), z.json()).describe("The body of the message"),
  })
  .meta({ id: "WebhookDelivery" });
export type DeliveryView = z.infer<typeof deliverySchema>;

/** A webhook as the API and the pages show it. The secret is in the answer that creates it and nowhere else. */
export const webhookSchema = z
  .object({
    id: z.uuid(),
    url: z.string(),
    description: z.string(),
    events: z.array(z.enum(noticeTypes)),
    enabled: z.boolean(),
    createdAt: z.iso.datetime(),
    previousSecretUntil: z.iso
      .datetime()
      .nullable()
      .describe("Until when messages are signed with the secret before the last rotation as well"),
    lastDelivery: z.object(outcome).nullable(),
  })
  .meta({ id: "Webhook" });
export type WebhookView = z.infer<typeof webhookSchema>;

/** What creating a webhook and rotating its secret answer. */
export const issuedWebhookSchema = z.object({
  webhook: webhookSchema,
  secret: z.string().describe("Signs the messages, as Standard Webhooks say; shown this once"),
});

function urlFlaw(text: string): string | null {
  if (!URL.canParse(text)) return "Use an address such as https://hooks.example.com/praxis";
  const { protocol, username, password } = new URL(text);
  if (protocol !== "https:" && protocol !== "http:") return "Use an address that begins with https://";
  if (username !== "" || password !== "") return "Leave out the user name and password; messages are signed instead";
  return null;
}
