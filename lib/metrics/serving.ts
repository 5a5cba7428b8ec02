import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { pool } from "@/lib/db/pool";
import type { MetricsObserver } from "./observer";

/** What a process that serves measures of itself. Labels are codes and route patterns: never an id, a path or a name. */
export const servingRegistry = new Registry();

/** From half a millisecond, what a verification takes, to the deadline of a fault and beyond. */
const latencyBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const batchBuckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** Registers the metrics of this process and returns what is to be told of each call. */
export function measureServing(): MetricsObserver {
  const registers = [servingRegistry];
  const answers = new Counter({
    name: "praxis_http_answers_total",
    help: "Answers sent, by route pattern, method and status.",
    labelNames: ["route", "method", "status"],
    registers,
  });
  const latency = new Histogram({
    name: "praxis_http_answer_seconds",
    help: "From a request's headers to the end of its answer, by route pattern and method.",
    labelNames: ["route", "method"],
    buckets: latencyBuckets,
    registers,
  });
  const verdicts = new Counter({
    name: "praxis_token_verdicts_total",
    help: "Calls with a bearer token, by outcome (allowed, refused, undecided) and reason.",
    labelNames: ["outcome", "reason"],
    registers,
  });
  const batches = new Histogram({
    name: "praxis_batch_size",
    help: "Items sent to the database in one statement, by kind (token_lookup, token_use).",
    labelNames: ["kind"],
    buckets: batchBuckets,
    registers,
  });
  measurePool(registers);
  collectDefaultMetrics({ register: servingRegistry });
  // A worker answers the primary's question with this.
  AggregatorRegistry.setRegistries(servingRegistry);

  // Looking a series up by its labels costs more than all else here.
  const answersOf = remembered((key) => {
    const [route = "", method = "", status = ""] = key.split(" ");
    return answers.labels({ route, method, status });
  });
  const latencyOf = remembered((key) => {
    const [route = "", method = ""] = key.split(" ");
    return latency.labels({ route, method });
  });
  const verdictOf = remembered((key) => {
    const [outcome = "", reason = ""] = key.split(" ");
    return verdicts.labels({ outcome, reason });
  });
  const batchOf = remembered((kind) => batches.labels({ kind }));
  return {
    answered({ route, method, status, seconds }) {
      const series = `${route} ${method}`;
      answersOf(`${series} ${status}`).inc();
      latencyOf(series).observe(seconds);
    },
    decided: (outcome, reason) => verdictOf(`${outcome} ${reason}`).inc(),
    batched: (kind, size) => batchOf(kind).observe(size),
  };
}

function measurePool(registers: Registry[]): void {
  new Gauge({
    name: "praxis_database_connections",
    help: "Connections of the pool, by state; waiting: calls that wait for one.",
    labelNames: ["state"],
    registers,
    collect() {
      this.set({ state: "total" }, pool.totalCount);
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "waiting" }, pool.waitingCount);
    },
  });
  new Gauge({
    name: "praxis_database_connections_max",
    help: "Connections that the pool may have.",
    registers,
    collect() {
      this.set(pool.options.max ?? 0);
    },
  });
}

function remembered<Series>(make: (key: string) => Series): (key: string) => Series {
  const known = new Map<string, Series>();
  return (key) => {
    const series = known.get(key) ?? make(key);
    known.set(key, series);
    return series;
  };
}
