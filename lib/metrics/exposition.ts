import cluster from "node:cluster";
import { createServer, type Server } from "node:http";
import { AggregatorRegistry, type RegistryContentType } from "prom-client";
import { log } from "@/lib/log";
import { listenProblem } from "@/scripts/port.mjs";
import { instanceMetrics } from "./instance";
import { observeWith } from "./observer";
import { measureServing, servingRegistry } from "./serving";

/** To be called in each process that serves, before it does, when metrics are wanted. */
export function startMeasuring(): void {
  observeWith(measureServing());
  // In a worker, whoever makes one answers the primary's questions from then on.
  if (cluster.isWorker) new AggregatorRegistry();
}

interface MetricsServer {
  address: { host: string; port: number };
  stop(): Promise<void>;
}

/**
 * Answers `GET /metrics` in Prometheus's text format (0.0.4), for this process or, in a primary, for all its workers
 * together. Throws what the operator can do about a port that is taken.
 */
export async function serveMetrics(port: number, host: string): Promise<MetricsServer> {
  const workers = cluster.isPrimary && Object.keys(cluster.workers ?? {}).length > 0 ? new AggregatorRegistry() : null;
  const server = createServer((request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") {
      response.writeHead(404).end();
      return;
    }
    exposition(workers).then(
      (text) => response.writeHead(200, { "content-type": servingRegistry.contentType }).end(text),
      (error: unknown) => {
        log.warn({ err: error }, "the metrics could not be collected");
        response.writeHead(503).end();
      },
    );
  });
  await listen(server, port, host);
  const address = server.address();
  return {
    address: { host, port: typeof address === "object" && address !== null ? address.port : port },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A worker that does not answer within five seconds must not hide what the others have to say of the instance. */
async function exposition(
  workers: Pick<AggregatorRegistry<RegistryContentType>, "clusterMetrics"> | null,
): Promise<string> {
  const [serving, instance] = await Promise.all([
    workers === null ? servingRegistry.metrics() : workers.clusterMetrics().catch(withoutWorkers),
    instanceMetrics(),
  ]);
  return `${serving.trimEnd()}\n${instance}`;
}

function withoutWorkers(error: unknown): string {
  log.warn({ err: error }, "a worker did not answer with its metrics: this scrape has those of none");
  return "";
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) =>
      reject(new Error(listenProblem(error, port, host).replaceAll("PORT", "METRICS_PORT"))),
    );
    server.listen(port, host, resolve);
  });
}
