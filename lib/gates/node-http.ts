import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { apiHeaders } from "@/lib/security-headers";
import type { ApiAnswer, ApiRequest } from "./message";

// Handlers look at the path and the query only; where a link needs the service's address, it is configured.
const base = "http://service.invalid";

/**
 * A request of Node's as the gates see it. Its path must begin with a slash. A WHATWG Request would do as well, but
 * making one, and a Response for the answer, costs more than all the rest of a verification.
 */
export function nodeRequest(request: IncomingMessage): ApiRequest {
  const { method = "GET", url = "/" } = request;
  return {
    method,
    url: new URL(base + url),
    headers: nodeHeaders(request),
    body: () => request.iterator({ destroyOnReturn: false }),
  };
}

/** The headers of a request of Node's as the gates see them. */
export function nodeHeaders({ headers }: IncomingMessage): ApiRequest["headers"] {
  return {
    get(name) {
      const value = headers[name];
      return value === undefined ? null : Array.isArray(value) ? value.join(", ") : value;
    },
  };
}

/** Sends an answer with the headers that every answer of the service has. */
export async function sendAnswer(
  { status, headers, body }: ApiAnswer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isHead = request.method === "HEAD";
  if (body !== null && typeof body !== "string") {
    response.writeHead(status, { ...apiHeaders, ...headers });
    if (!isHead) return pipeline(body, response);
    response.end();
    return;
  }
  const length = status === 204 ? {} : { "content-length": body === null ? 0 : Buffer.byteLength(body) };
  response.writeHead(status, { ...apiHeaders, ...headers, ...length });
  response.end(isHead || body === null ? undefined : body);
  if (!request.complete) discardRest(request);
}

/** Beyond this, ending the connection is cheaper than letting the rest of a body pass. */
const maxDiscardedBytes = 8 * 1024 * 1024;

/** Lets the rest of a body that nobody wants pass, or the next request on the connection would wait behind it. */
function discardRest(request: IncomingMessage): void {
  let leftBytes = maxDiscardedBytes;
  request.on("data", (chunk: Buffer) => {
    leftBytes -= chunk.byteLength;
    if (leftBytes < 0) request.destroy();
  });
  // It may have been paused, which a listener alone does not undo.
  request.resume();
}
