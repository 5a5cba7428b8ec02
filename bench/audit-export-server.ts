import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { apiOperations } from "@/app/operations";
import { pool } from "@/lib/db/pool";
import { nodeRequest, sendAnswer } from "@/lib/gates/node-http";
import { answer } from "@/lib/gates/route";

// The service's audit list, mounted as server.ts mounts it, that tells its parent how much memory it takes.

export interface MemoryReport {
  /** After a garbage collection, before anything was measured. */
  restMebibytes: number;
  /** The most since the last report. */
  peakMebibytes: number;
  /** Queries sent to the database so far. */
  queries: number;
}

const sampleMilliseconds = 20;
let peakBytes = 0;
let queries = 0;
pool.on("acquire", () => {
  queries++;
});
setInterval(() => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
}, sampleMilliseconds).unref();

const server = createServer((request, response) => {
  void answer(apiOperations["/identity/audit-events"] ?? {}, nodeRequest(request))
    .then((answered) => sendAnswer(answered, request, response))
    // The reader left, which one of them does on purpose.
    .catch(() => response.destroy());
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : undefined });
});

process.on("message", async () => {
  const peakMebibytes = mebibytes(peakBytes);
  globalThis.gc?.();
  await wait(200);
  const report: MemoryReport = { peakMebibytes, restMebibytes: mebibytes(process.memoryUsage.rss()), queries };
  peakBytes = 0;
  process.send?.(report);
});
process.on("disconnect", () => process.exit());

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
