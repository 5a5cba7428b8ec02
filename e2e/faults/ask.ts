import { Agent, type IncomingHttpHeaders, request } from "node:http";

/** A call that is about to be made. */
export interface Call {
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body?: unknown;
}

/** What came of a call. */
export type Outcome =
  | { kind: "answer"; status: number; headers: IncomingHttpHeaders; text: string; milliseconds: number }
  /** No answer in time. */
  | { kind: "late" }
  /** No connection, or one that broke. */
  | { kind: "unreachable"; code: string };

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Makes a call, and never throws. */
export function ask(
  url: string,
  { method, path, headers, body }: Call,
  deadlineMilliseconds: number,
): Promise<Outcome> {
  const sent = performance.now();
  const text = body === undefined ? undefined : JSON.stringify(body);
  const type =
    text === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
  return new Promise((resolve) => {
    const call = request(url + path, { agent, method, headers: { ...headers, ...type } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", broken);
      response.on("end", () => {
        clearTimeout(timer);
        resolve({
          kind: "answer",
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
          milliseconds: performance.now() - sent,
        });
      });
    });
    // What has come while this process itself was held up has come in time.
    const timer = setTimeout(() => setImmediate(giveUp), deadlineMilliseconds);
    function giveUp(): void {
      resolve({ kind: "late" });
      call.destroy();
    }
    function broken(error: NodeJS.ErrnoException): void {
      clearTimeout(timer);
      resolve({ kind: "unreachable", code: error.code ?? error.message });
    }
    call.on("error", broken);
    call.end(text);
  });
}
