import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const nonceBytes = 12;
const tagBytes = 16;
const secretBytes = 32;

/** A new signing secret, as Standard Webhooks write it: `whsec_` and base64. */
export function generateWebhookSecret(): string {
  return `whsec_${randomBytes(secretBytes).toString("base64")}`;
}

/** Encrypts a webhook's secret for storage: AES-256-GCM, bound to the webhook's id. */
export function sealSecret(secret: string, webhookId: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", storageKey(), nonce).setAAD(Buffer.from(webhookId));
  return Uint8Array.from(Buffer.concat([nonce, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]));
}

/** Decrypts a stored secret; null when AUTH_SECRET is no longer the one it was encrypted under. */
export function openSecret(sealed: Uint8Array, webhookId: string): string | null {
  const nonce = sealed.subarray(0, nonceBytes);
  const encrypted = sealed.subarray(nonceBytes, -tagBytes);
  const decipher = createDecipheriv("aes-256-gcm", storageKey(), nonce)
    .setAAD(Buffer.from(webhookId))
    .setAuthTag(sealed.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(encrypted), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

function storageKey(): Uint8Array {
  const secret = process.env.NEXTAUTH_SECRET;
  if (!secret) throw new Error("NEXTAUTH_SECRET is not set: start the service with `npm start`.");
  return new Uint8Array(hkdfSync("sha256", secret, "", "praxis-identity webhook secrets", 32));
}
