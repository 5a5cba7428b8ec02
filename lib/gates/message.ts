/** A request as the gates see it, whichever server took it. */
export interface ApiRequest {
  method: string;
  url: URL;
  /** By names in lower case; several of one name are joined by a comma. */
  headers: { get(name: string): string | null };
  /** The body as it arrives. Leaving it early leaves the connection open for the answer. */
  body(): AsyncIterable<Uint8Array>;
}

/** What a request is answered with. */
export interface ApiAnswer {
  status: number;
  /** By names in lower case. */
  headers: Record<string, string>;
  /** Null: there is none; chunks: it is streamed. */
  body: string | AsyncIterable<string> | null;
}

/** A request that Next took. */
export function apiRequest(request: Request): ApiRequest {
  const { method, headers } = request;
  return {
    method,
    url: new URL(request.url),
    headers,
    // Cancelling the stream would end the connection before the answer is sent.
    body: () => request.body?.values({ preventCancel: true }) ?? nothing(),
  };
}

/** An answer for Next to send. */
export function webResponse({ status, headers, body }: ApiAnswer): Response {
  const content = body === null || typeof body === "string" ? body : streamOf(body);
  return new Response(content, { status, headers });
}

/** Chunks as they are asked for: a slow reader slows the source, and one that leaves ends it. */
function streamOf(chunks: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
