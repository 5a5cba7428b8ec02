import { runOnce } from "graphile-worker";
import { pool } from "@/lib/db/pool";
import { jobLogger } from "@/lib/jobs/logger";
import { tasks } from "@/lib/jobs/tasks";

/** Runs the jobs that are due, and those that they add, until none is left. */
export async function runJobs(): Promise<void> {
  await runOnce({ pgPool: pool, taskList: tasks, logger: jobLogger, noHandleSignals: true });
}

/** Makes every job due that waits for its time. */
export async function makeJobsDue(): Promise<void> {
  await pool.query("update graphile_worker._private_jobs set run_at = now()");
}
