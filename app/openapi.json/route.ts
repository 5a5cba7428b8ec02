import { createHash } from "node:crypto";
import { apiDocument } from "../api-document";

const body = JSON.stringify(apiDocument);
const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
const headers = { "cache-control": "public, max-age=300", etag };

/** The OpenAPI document. Whoever has this very version is told so (RFC 9110 §13.1.2). */
export function GET(request: Request): Response {
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, "content-type": "application/json" } });
}
