import cluster from "node:cluster";
import { RateLimiterCluster, RateLimiterClusterMaster } from "rate-limiter-flexible";

/** How long a worker waits for the count before it counts for itself. */
const timeoutMilliseconds = 250;

/** Counts for all workers of this process; to be called before the first is started. */
export function countForWorkers(): void {
  new RateLimiterClusterMaster();
  // The library answers a worker that has gone meanwhile; without a listener, that would end this process.
  cluster.on("fork", (worker) => worker.on("error", () => undefined));
}

/** A limit that the primary counts for all workers; null in a process that is no worker. */
export function clusterStore(options: { keyPrefix: string; points: number; duration: number }) {
  return cluster.isWorker ? new RateLimiterCluster({ ...options, timeoutMs: timeoutMilliseconds }) : null;
}
