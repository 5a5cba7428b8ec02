import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const randomLength = 32;
const checksumLength = 6;
/** What secret scanners look for. Published: changing it is changing every scanner. */
export const secretPattern = `px[tp]_[0-9A-Za-z]{${randomLength + checksumLength}}`;
const wholeSecret = new RegExp(`^${secretPattern}$`);
const prefixes = { api: "pxt_", personal: "pxp_" } as const;

export type TokenKind = keyof typeof prefixes;

declare const checked: unique symbol;
/** A plaintext token whose shape and checksum are right. It proves nothing yet. */
export type Secret = string & { readonly [checked]: true };

/** Makes a new secret: prefix, 32 random base62 characters (190 bits), 6 base62 characters of CRC-32. */
export function generateSecret(kind: TokenKind): Secret {
  const body = prefixes[kind] + randomBase62(randomLength);
  return asSecret(body + checksum(body));
}

/** A secret as it was presented, with the hexadecimal SHA-256 it is looked up by. */
export interface PresentedSecret {
  secret: Secret;
  kind: TokenKind;
  digest: string;
}

/** Reads a secret; null when its shape or checksum is wrong, so that junk never reaches the database. */
export function parseSecret(value: string): PresentedSecret | null {
  if (!wholeSecret.test(value)) return null;
  const body = value.slice(0, -checksumLength);
  if (checksum(body) !== value.slice(-checksumLength)) return null;
  const secret = asSecret(value);
  return { secret, kind: value.startsWith(prefixes.api) ? "api" : "personal", digest: digestOf(secret) };
}

/** The hexadecimal SHA-256 of any text. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** SHA-256 of the secret: 190 random bits need no slow hash. */
export function hashSecret(secret: Secret): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(secret).digest());
}

/** Prefix and last four characters: tells tokens apart and is safe to show and log. */
export function secretHint(secret: Secret): string {
  return `${secret.slice(0, 4)}…${secret.slice(-4)}`;
}

function asSecret(value: string): Secret {
  return value as Secret;
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let index = 0; index < checksumLength; index++) {
    digits = alphabet.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

function randomBase62(length: number): string {
  // 248 is the largest multiple of 62 a byte can hold; bytes beyond it would bias the result.
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += alphabet.charAt(byte % 62);
    }
  }
  return text;
}
