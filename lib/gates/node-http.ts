import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { securityHeaders } from "@/lib/security-headers.mjs";

// Handlers look at the path and the query only; where a link needs the service's address, it is configured.
const base = "http://service.invalid";

/** A request of Node's as handlers take it. Its path must begin with a slash. */
export function webRequest(request: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  const { method = "GET", url = "/" } = request;
  if (method === "GET" || method === "HEAD") return new Request(base + url, { method, headers });
  const body = Readable.toWeb(request) as ReadableStream<Uint8Array>;
  const init: RequestInit & { duplex: "half" } = { method, headers, body, duplex: "half" };
  return new Request(base + url, init);
}

/** Sends a handler's answer with the headers that every answer of the service has. */
export async function sendResponse(
  answer: Response,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  const headers: Record<string, string | number> = { ...securityHeaders };
  for (const [name, value] of answer.headers) headers[name] = value;
  if (answer.status !== 204) headers["content-length"] = body.byteLength;
  response.writeHead(answer.status, headers);
  response.end(request.method === "HEAD" ? undefined : body);
}
