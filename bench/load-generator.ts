import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { parseArgs } from "node:util";
import { type LoadResult, loadPlanSchema } from "./load-plan";

/**
 * A process that loads one HTTP server and prints what came of it as JSON. Each connection has one request in flight;
 * every answer is read to its end and checked for its status and for the text that its request must lead to. With a
 * rate, requests start on schedule and their latency counts from when they should have started, so that a stalled
 * server cannot hide how long callers wait.
 */

const { values } = parseArgs({ options: { plan: { type: "string" } } });
const plan = loadPlanSchema.parse(JSON.parse(readFileSync(values.plan ?? "", "utf8")));
const requests = plan.requests.map(({ text, expected }) => ({ bytes: Buffer.from(text, "latin1"), expected }));

const latencies: number[] = [];
const failures = new Map<string, number>();
let started = 0;
let measuring = false;
/** Scheduled requests that wait for a free connection, as the times they were due. */
const due: number[] = [];
const idle: Connection[] = [];

class Connection {
  private socket: Socket;
  private received: Buffer[] = [];
  private sentAt = 0;
  private expected = "";

  constructor() {
    this.socket = this.open();
  }

  private open(): Socket {
    const socket = connect(plan.port, "127.0.0.1");
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.receive(chunk));
    socket.on("error", (error) => this.fail(error.message));
    socket.on("close", () => {
      this.socket = this.open();
    });
    return socket;
  }

  /** Sends the next request; `at` is when it should have been sent. */
  send(at: number): void {
    const request = requests[started++ % requests.length];
    if (!request) throw new Error("The plan has no requests");
    this.sentAt = at;
    this.expected = request.expected;
    this.received = [];
    this.socket.write(request.bytes);
  }

  private receive(chunk: Buffer): void {
    this.received.push(chunk);
    const answer = this.received.length === 1 ? chunk : Buffer.concat(this.received);
    if (!isComplete(answer)) return;
    const text = answer.toString("latin1");
    if (!text.startsWith("HTTP/1.1 200")) this.fail(text.slice(9, 12));
    else if (!text.includes(this.expected)) this.fail("wrong answer");
    else if (measuring) latencies.push(performance.now() - this.sentAt);
    next(this);
  }

  private fail(reason: string): void {
    if (measuring) failures.set(reason, (failures.get(reason) ?? 0) + 1);
  }
}

/** Whether an HTTP/1.1 response with a length or in chunks has arrived as a whole. */
function isComplete(answer: Buffer): boolean {
  const end = answer.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const head = answer.toString("latin1", 0, end).toLowerCase();
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  if (length !== undefined) return answer.length >= end + 4 + Number(length);
  return (
    head.includes("\r\ntransfer-encoding: chunked") && answer.toString("latin1", answer.length - 5) === "0\r\n\r\n"
  );
}

function next(connection: Connection): void {
  const at = plan.requestsPerSecond === null ? performance.now() : due.shift();
  if (at === undefined) idle.push(connection);
  else connection.send(at);
}

function schedule(requestsPerSecond: number): void {
  const start = performance.now();
  let issued = 0;
  setInterval(() => {
    for (; issued < ((performance.now() - start) / 1000) * requestsPerSecond; issued++) {
      const at = start + (issued / requestsPerSecond) * 1000;
      const connection = idle.pop();
      if (connection) connection.send(at);
      else due.push(at);
    }
  }, 1);
}

const connections = Array.from({ length: plan.connections }, () => new Connection());
if (plan.requestsPerSecond === null) for (const connection of connections) connection.send(performance.now());
else {
  idle.push(...connections);
  schedule(plan.requestsPerSecond);
}

await seconds(plan.warmUpSeconds);
measuring = true;
const measuredFrom = performance.now();
await seconds(plan.seconds);
const elapsedSeconds = (performance.now() - measuredFrom) / 1000;
const sorted = Float64Array.from(latencies).sort();
const result: LoadResult = {
  requestsPerSecond: sorted.length / elapsedSeconds,
  requests: sorted.length,
  p50Milliseconds: quantile(0.5),
  p99Milliseconds: quantile(0.99),
  failures: Object.fromEntries(failures),
};
process.stdout.write(JSON.stringify(result), () => process.exit(0));

function quantile(fraction: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? Number.NaN;
}

function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000));
}
