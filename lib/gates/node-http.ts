import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
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
  const headers: Record<string, string | number> = { ...securityHeaders };
  for (const [name, value] of answer.headers) headers[name] = value;
  const isStreamed = answer.body !== null && !/json$/.test(answer.headers.get("content-type") ?? "");
  if (isStreamed) {
    response.writeHead(answer.status, headers);
    if (request.method !== "HEAD") return pipeline(webStream(answer.body), response);
    response.end();
    return;
  }
  const body = Buffer.from(await answer.arrayBuffer());
  if (answer.status !== 204) headers["content-length"] = body.byteLength;
  response.writeHead(answer.status, headers);
  response.end(request.method === "HEAD" ? undefined : body);
  if (!request.complete) discardRest(request);
}

/** Beyond this, ending the connection is cheaper than letting the rest of a body pass. */
const maxDiscardedBytes = 8 * 1024 * 1024;

/** Lets the rest of a body that nobody wants pass, or the next request on the connection would wait behind it. */
function discardRest(request: IncomingMessage): void {
  let leftBytes = maxDiscardedBytes;
  // The web stream of the body, which nobody reads any more, would pause it.
  request.removeAllListeners("data");
  request.on("data", (chunk: Buffer) => {
    leftBytes -= chunk.byteLength;
    if (leftBytes < 0) request.destroy();
  });
  // It was paused explicitly, which a listener alone does not undo.
  request.resume();
}

async function* webStream(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (body !== null) for await (const chunk of body) yield chunk;
}
