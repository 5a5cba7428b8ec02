import type { Outcome } from "@/components/ui/use-submission";
import type {
  CreateWebhookInput,
  DeliveryView,
  RotateWebhookSecretInput,
  UpdateWebhookInput,
  WebhookView,
} from "@/lib/webhooks/schema";

export interface IssuedWebhook {
  webhook: WebhookView;
  secret: string;
}

/** What can be done, as server actions. */
export interface WebhookActions {
  create: (input: CreateWebhookInput) => Promise<Outcome<IssuedWebhook>>;
  update: (id: string, change: UpdateWebhookInput) => Promise<Outcome<{ webhook: WebhookView }>>;
  rotateSecret: (id: string, rotation: RotateWebhookSecretInput) => Promise<Outcome<IssuedWebhook>>;
  remove: (id: string) => Promise<Outcome<object>>;
  sendTest: (id: string) => Promise<Outcome<{ delivery: DeliveryView }>>;
  resend: (deliveryId: string) => Promise<Outcome<{ delivery: DeliveryView }>>;
}

/** What is done in a dialog of its own. */
export type WebhookDialogAction = "edit" | "rotate" | "turn-off" | "delete";
