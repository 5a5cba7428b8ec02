import { Counter, Gauge, Registry } from "prom-client";
import { z } from "zod";
import { pool } from "@/lib/db/pool";
import { withDeadline } from "@/lib/deadline";

/** A scrape takes no longer, whatever became of the database. */
const deadlineMilliseconds = 1000;

const registry = new Registry();
const databaseUp = new Gauge({
  name: "praxis_database_up",
  help: "1 when the database answered this scrape within a second.",
  registers: [registry],
});
const jobs = new Gauge({
  name: "praxis_jobs",
  help: "Jobs in the queue that all instances share, by task and state: ready, scheduled, running, failed for good.",
  labelNames: ["task", "state"],
  registers: [registry],
});

const deliveries = new Counter({
  name: "praxis_webhook_tries_total",
  help: "Tries to deliver a message to a webhook, by outcome: delivered, retry (it is tried again), failed (for good).",
  labelNames: ["outcome"],
  registers: [registry],
});

/** Counts one try to deliver a message; jobs run where the instance is measured. */
export function countDelivery(outcome: "delivered" | "retry" | "failed"): void {
  deliveries.inc({ outcome });
}

const jobsSql = `
  select task_identifier as task, count(*)::int as jobs, case
      when attempts >= max_attempts then 'failed'
      when locked_at is not null then 'running'
      when run_at > now() then 'scheduled'
      else 'ready' end as state
  from graphile_worker.jobs group by 1, 3`;
const jobsSchema = z.array(z.object({ task: z.string(), state: z.string(), jobs: z.number() }));

/** What is measured once for an instance, however many processes serve: the database, and the queue of jobs. */
export async function instanceMetrics(): Promise<string> {
  jobs.reset();
  try {
    const { rows } = await withDeadline(pool.query(jobsSql), deadlineMilliseconds);
    for (const { task, state, jobs: count } of jobsSchema.parse(rows)) jobs.set({ task, state }, count);
    databaseUp.set(1);
  } catch {
    databaseUp.set(0);
  }
  return registry.metrics();
}
