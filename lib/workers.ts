import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { log } from "@/lib/log";

/** A worker that dies young is replaced later each time; one that lived this long was well. */
const wellAfterMilliseconds = 30_000;
const firstDelayMilliseconds = 100;
const longestDelayMilliseconds = 10_000;
/** A worker drains within ten seconds and then flushes. */
const stopDeadlineMilliseconds = 20_000;

export interface Workers {
  /** Resolves when all of them listen; rejects when one ended before. */
  ready: Promise<void>;
  /** Lets all of them drain, within bounds. */
  stop(): Promise<void>;
  kill(): void;
}

/** Starts processes that run this very program as workers and listen on one port, and replaces those that end. */
export function startWorkers(count: number): Workers {
  let isStopping = false;
  const waiting = new Set<NodeJS.Timeout>();

  const start = (deaths: number): Worker => {
    const worker = cluster.fork();
    const startedAt = Date.now();
    worker.once("exit", (code, signal) => {
      if (isStopping) return;
      const soFar = Date.now() - startedAt > wellAfterMilliseconds ? 0 : deaths;
      const delay = Math.min(longestDelayMilliseconds, firstDelayMilliseconds * 2 ** soFar);
      log.error({ worker: worker.process.pid, code, signal }, `a worker ended and is replaced in ${delay} ms`);
      const timer = setTimeout(() => {
        waiting.delete(timer);
        const next = start(soFar + 1);
        next.once("listening", () => log.info({ worker: next.process.pid }, "a new worker serves"));
      }, delay);
      waiting.add(timer);
    });
    return worker;
  };
  const living = () => Object.values(cluster.workers ?? {}).flatMap((worker) => worker ?? []);

  return {
    ready: Promise.all(Array.from({ length: count }, () => listening(start(0)))).then(() => undefined),
    async stop() {
      isStopping = true;
      for (const timer of waiting) clearTimeout(timer);
      const giveUp = setTimeout(() => signal("SIGKILL"), stopDeadlineMilliseconds);
      const ended = living().map((worker) => (worker.isDead() ? undefined : once(worker, "exit")));
      signal("SIGTERM");
      await Promise.all(ended);
      clearTimeout(giveUp);
    },
    kill: () => signal("SIGKILL"),
  };

  function signal(name: NodeJS.Signals): void {
    for (const worker of living()) worker.process.kill(name);
  }
}

function listening(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once("listening", () => resolve());
    worker.once("exit", () => reject(new Error("A worker ended before it could serve; what it said is above.")));
  });
}
