import { hkdfSync, randomBytes } from "node:crypto";
import { seal, unseal } from "@/lib/seal";

const secretBytes = 32;

/** A new signing secret, as Standard Webhooks write it: `whsec_` and base64. */
export function generateWebhookSecret(): string {
  return `whsec_${randomBytes(secretBytes).toString("base64")}`;
}

/** Encrypts a webhook's secret for storage, bound to the webhook's id. */
export function sealSecret(secret: string, webhookId: string): Uint8Array<ArrayBuffer> {
  return seal(secret, storageKey(), Buffer.from(webhookId));
}

/** Decrypts a stored secret; null when AUTH_SECRET is no longer the one it was encrypted under. */
export function openSecret(sealed: Uint8Array, webhookId: string): string | null {
  return unseal(sealed, storageKey(), Buffer.from(webhookId));
}

function storageKey(): Uint8Array {
  const secret = process.env.NEXTAUTH_SECRET;
  if (!secret) throw new Error("NEXTAUTH_SECRET is not set: start the service with `npm start`.");
  return new Uint8Array(hkdfSync("sha256", secret, "", "praxis-identity webhook secrets", 32));
}
