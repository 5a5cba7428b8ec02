import { connect, type Socket } from "node:net";

/** HTTP/1.1 on bare sockets: what fetch and node:http refuse to send is the better half of bad input. */

/** A request, octet for octet. */
export interface WireRequest {
  bytes: Buffer;
  isHead: boolean;
  /** Where its end may be in dispute, it gets a connection of its own, which we end after it. */
  alone: boolean;
}

export interface WireAnswer {
  status: number;
  /** By names in lower case; several of one name are joined by a comma. */
  headers: ReadonlyMap<string, string>;
  body: string;
}

/** All that came back: more than one answer to one request is for the judge to see, as are none. */
export interface WireOutcome {
  answers: readonly WireAnswer[];
  /** What is no answer. */
  rest: string;
  ending: "kept" | "closed" | "silence";
}

/** Sends each request on the next free of so many connections, which are kept alive where the requests allow it. */
export class Wire {
  readonly #port: number;
  readonly #deadlineMilliseconds: number;
  readonly #free: Socket[] = [];

  constructor(url: string, deadlineMilliseconds: number) {
    this.#port = Number(new URL(url).port);
    this.#deadlineMilliseconds = deadlineMilliseconds;
  }

  async send(request: WireRequest): Promise<WireOutcome> {
    const kept = request.alone ? undefined : this.#free.pop();
    const socket = kept ?? (await this.#connected());
    const outcome = await exchange(socket, request, this.#deadlineMilliseconds);
    if (outcome.ending === "kept") this.#free.push(socket);
    else socket.destroy();
    // An idle connection may end just when it is used again (RFC 9112 §9.3.1).
    const wasStale = kept !== undefined && outcome.ending === "closed" && outcome.answers.length === 0;
    return wasStale && outcome.rest === "" ? this.send({ ...request, alone: true }) : outcome;
  }

  close(): void {
    for (const socket of this.#free.splice(0)) socket.destroy();
  }

  #connected(): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port: this.#port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
      socket.once("error", reject).once("connect", () => {
        socket.off("error", reject);
        // What a broken connection means is told by its close.
        socket.on("error", () => undefined);
        resolve(socket);
      });
    });
  }
}

/** What a connection's octets were, to a request that is no HEAD. */
export function outcomeOf(bytes: Buffer, ending: WireOutcome["ending"]): WireOutcome {
  const { answers, rest } = answersIn(bytes, false, ending === "closed");
  return { answers, rest: rest.toString("latin1"), ending };
}

function exchange(socket: Socket, request: WireRequest, deadlineMilliseconds: number): Promise<WireOutcome> {
  return new Promise((resolve) => {
    let received: Buffer = Buffer.alloc(0);
    const settle = (ending: WireOutcome["ending"], isOver: boolean) => {
      const { answers, rest } = answersIn(received, request.isHead, isOver);
      clearTimeout(timer);
      socket.off("data", onData).off("end", onEnd).off("close", onEnd);
      resolve({ answers, rest: rest.toString("latin1"), ending });
    };
    const onEnd = () => settle("closed", true);
    const onData = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      if (request.alone) return;
      const [answer] = answersIn(received, request.isHead, false).answers;
      if (answer === undefined) return;
      const isClosing = /\bclose\b/i.test(answer.headers.get("connection") ?? "");
      settle(isClosing ? "closed" : "kept", false);
    };
    const timer = setTimeout(() => settle("silence", false), deadlineMilliseconds);
    socket.on("data", onData).once("end", onEnd).once("close", onEnd);
    if (request.alone) socket.end(request.bytes);
    else socket.write(request.bytes);
  });
}

/** Reads answers (RFC 9112 §6) from the front; what is left over is no whole one. */
function answersIn(bytes: Buffer, isHead: boolean, isOver: boolean): { answers: WireAnswer[]; rest: Buffer } {
  const answers: WireAnswer[] = [];
  let rest = bytes;
  for (;;) {
    const headEnd = rest.indexOf("\r\n\r\n");
    if (headEnd < 0) return { answers, rest };
    const [statusLine = "", ...lines] = rest.subarray(0, headEnd).toString("latin1").split("\r\n");
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
    if (!status) return { answers, rest };
    const headers = headersOf(lines);
    const afterHead = rest.subarray(headEnd + 4);
    const body = bodyOf(afterHead, status, headers, isHead, isOver);
    if (body === null) return { answers, rest };
    // 100 (Continue) and its like are no answers yet.
    if (status >= 200) answers.push({ status, headers, body: body.content.toString("utf8") });
    rest = afterHead.subarray(body.length);
  }
}

function headersOf(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(":")).toLowerCase();
    const value = line.slice(line.indexOf(":") + 1).trim();
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
  }
  return headers;
}

function bodyOf(
  bytes: Buffer,
  status: number,
  headers: ReadonlyMap<string, string>,
  isHead: boolean,
  isOver: boolean,
): { content: Buffer; length: number } | null {
  if (isHead || status < 200 || status === 204 || status === 304) return { content: Buffer.alloc(0), length: 0 };
  if (headers.get("transfer-encoding") === "chunked") return chunksIn(bytes);
  const length = Number(headers.get("content-length") ?? Number.NaN);
  if (Number.isNaN(length)) return isOver ? { content: bytes, length: bytes.length } : null;
  return bytes.length < length ? null : { content: bytes.subarray(0, length), length };
}

function chunksIn(bytes: Buffer): { content: Buffer; length: number } | null {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString("latin1"), 16);
    const end = lineEnd + 2 + size + 2;
    if (Number.isNaN(size) || end > bytes.length) return null;
    chunks.push(bytes.subarray(lineEnd + 2, end - 2));
    if (size === 0) return { content: Buffer.concat(chunks), length: end };
    at = end;
  }
}
