import { Webhook } from "standardwebhooks";

/** The headers of the Standard Webhooks specification for this body, with a signature by each of the secrets. */
export function signatureHeaders(id: string, body: string, secrets: readonly string[], now: Date) {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(" "),
  };
}
