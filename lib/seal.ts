import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts a text for storage under a key of 32 bytes: AES-256-GCM, bound to what it belongs to. */
export function seal(text: string, key: Uint8Array, boundTo: Uint8Array): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(boundTo);
  return Uint8Array.from(Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]));
}

/** Decrypts what `seal` made; null when the key or what it is bound to is another. */
export function unseal(sealed: Uint8Array, key: Uint8Array, boundTo: Uint8Array): string | null {
  const nonce = sealed.subarray(0, nonceBytes);
  const encrypted = sealed.subarray(nonceBytes, -tagBytes);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce).setAAD(boundTo).setAuthTag(sealed.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(encrypted), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
