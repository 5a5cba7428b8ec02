import { z } from "zod";
import { invalidRequest } from "@/lib/errors";
import type { ApiRequest } from "@/lib/gates/message";

/** The header of draft-ietf-httpapi-idempotency-key-header. */
export const idempotencyKeyHeader = "idempotency-key";
export const longestIdempotencyKey = 255;

const keySchema = z
  .string()
  .min(1)
  .max(longestIdempotencyKey)
  .regex(/^[\x20-\x7e]+$/);

/** The key of a call, with or without the quotes of a structured field; null without one. Throws 400 for a bad one. */
export function readIdempotencyKey(headers: ApiRequest["headers"]): string | null {
  const value = headers.get(idempotencyKeyHeader);
  if (value === null) return null;
  const text = value.trim();
  return requireIdempotencyKey(text.length > 1 && /^".*"$/.test(text) ? text.slice(1, -1) : text);
}

/** A key from anywhere. Throws 400 for one that cannot be used. */
export function requireIdempotencyKey(value: unknown): string {
  const key = keySchema.safeParse(value);
  if (key.success) return key.data;
  const message = `Send 1 to ${longestIdempotencyKey} printable ASCII characters, such as a random UUID`;
  throw invalidRequest([{ path: idempotencyKeyHeader, message }]);
}
