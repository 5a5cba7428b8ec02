import type { z } from "zod";
import { type FieldIssue, invalidRequest, Problem } from "@/lib/errors";
import type { ApiRequest } from "./message";

/** The largest request body accepted, in bytes. */
export const maxBodyBytes = 1024 * 1024;
const maxDepth = 32;

/** Reads and validates a JSON body. Throws 400, 413 or 415; the 400 names every field at fault. */
export async function readJsonBody<S extends z.ZodType>(request: ApiRequest, schema: S): Promise<z.output<S>> {
  demandMediaType(request, "application/json");
  return parseJsonBody(await readBytes(request), schema);
}

/** Validates the bytes of a JSON body that was read already, as readJsonBody does. */
export function validateJsonBytes<S extends z.ZodType>(request: ApiRequest, bytes: Uint8Array, schema: S): z.output<S> {
  demandMediaType(request, "application/json");
  return parseJsonBody(bytes, schema);
}

function parseJsonBody<S extends z.ZodType>(bytes: Uint8Array, schema: S): z.output<S> {
  const text = textOf(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidRequest([{ path: "", message: "The body is not valid JSON" }]);
  }
  const flaw = unstorable(value, 0) ?? ambiguous(text, value);
  if (flaw) throw invalidRequest([{ path: "", message: flaw }]);
  return validate(schema, value);
}

/** Reads and validates a form body. Throws 400, 413 or 415, as readJsonBody does. */
export async function readFormBody<S extends z.ZodType>(request: ApiRequest, schema: S): Promise<z.output<S>> {
  demandMediaType(request, "application/x-www-form-urlencoded");
  return readParameters(new URLSearchParams(textOf(await readBytes(request))), schema);
}

/** Validates query parameters. A repeated one is refused rather than guessed at; lists are comma-separated. */
export function readQuery<S extends z.ZodType>(url: URL, schema: S): z.output<S> {
  return readParameters(url.searchParams, schema);
}

function readParameters<S extends z.ZodType>(parameters: URLSearchParams, schema: S): z.output<S> {
  const values: Record<string, string> = {};
  for (const [key, value] of parameters) {
    if (key in values) throw invalidRequest([{ path: key, message: "Give this parameter once" }]);
    const flaw = unstorable(value, 0);
    if (flaw) throw invalidRequest([{ path: key, message: flaw }]);
    values[key] = value;
  }
  return validate(schema, values);
}

/** The value as the schema says, or a 400 that names every field at fault. */
export function validate<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidRequest(fieldIssues(result.error));
}

/** zod's issues as the wire has them. An unknown key is named itself, not its parent. */
export function fieldIssues(error: z.ZodError): FieldIssue[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String).join(".");
    if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
    return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, message: "Unknown field" }));
  });
}

function demandMediaType(request: ApiRequest, demanded: string): void {
  const [mediaType, ...parameters] = (request.headers.get("content-type") ?? "").split(";").map(normalized);
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length);
  const refuse = (message: string) => new Problem({ code: "unsupported_media_type" }, message);
  if (mediaType !== demanded) throw refuse(`Send the body as ${demanded}`);
  if (charset !== undefined && !/^(utf-?8|"utf-?8")$/.test(charset)) throw refuse("Send the body in UTF-8");
  const coding = normalized(request.headers.get("content-encoding") ?? "identity");
  if (coding !== "identity") throw refuse("Send the body as it is, without a content coding");
}

function normalized(text: string): string {
  return text.trim().toLowerCase();
}

/** Reads a body as it was sent. Throws 413. */
export async function readBytes(request: ApiRequest): Promise<Uint8Array> {
  const tooLarge = new Problem({ code: "payload_too_large" }, "Send at most 1 MiB");
  if (Number(request.headers.get("content-length") ?? 0) > maxBodyBytes) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.body()) {
      bytes += chunk.byteLength;
      if (bytes > maxBodyBytes) throw tooLarge;
      chunks.push(chunk);
    }
  } catch (error) {
    // The client went away, or its chunks were none: that says nothing of our own connections.
    throw error === tooLarge ? error : invalidRequest([{ path: "", message: "The body is cut off" }]);
  }
  return Buffer.concat(chunks);
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalidRequest([{ path: "", message: "The body is not valid UTF-8" }]);
  }
}

/**
 * Why others may read this JSON as something else, or null. Of members with one name, JavaScript keeps the last, and who
 * looked at the first, such as a gateway, saw another request (RFC 8259 §4).
 */
function ambiguous(text: string, value: unknown): string | null {
  let named = 0;
  // In valid JSON, a string that a colon follows is a name, and nothing else is.
  for (const [, colon] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g)) if (colon) named += 1;
  return named === memberCount(value) ? null : "Give each field once";
}

function memberCount(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const members = Object.values(value);
  return members.reduce<number>((sum, member) => sum + memberCount(member), Array.isArray(value) ? 0 : members.length);
}

/** Why PostgreSQL could not hold this value, or null. */
function unstorable(value: unknown, depth: number): string | null {
  if (depth > maxDepth) return `Nest at most ${maxDepth} levels`;
  if (typeof value === "string") {
    if (value.includes("\0")) return "The NUL character is not allowed";
    return value.isWellFormed() ? null : "Text must be valid Unicode";
  }
  if (typeof value !== "object" || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    const flaw = unstorable(key, depth) ?? unstorable(member, depth + 1);
    if (flaw) return flaw;
  }
  return null;
}
