import { EventEmitter } from "node:events";
import { type CronItem, parseCronItems, type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { log } from "@/lib/log";
import { jobLogger } from "./logger";
import { type PatientPool, patientPool, pause } from "./patient-pool";

const concurrency = 4;
/** One connection for each worker, one that listens for new jobs, and one for the schedule. */
const connections = concurrency + 2;
const pollMilliseconds = 2000;
const restartDelayMilliseconds = 1000;
/** A delivery that hangs is given up before this. */
const stopDeadlineMilliseconds = 8000;
const abortAfterMilliseconds = 2000;

export interface Jobs {
  /** Lets running jobs finish, within bounds; the others wait for the next start, or run on another instance. */
  stop: () => Promise<void>;
}

/**
 * Runs the jobs of the queue in this process, and adds those that are due by the schedule: each once, however many
 * instances do so. Returns at once and never fails; a lost database is waited for.
 */
export function startJobs(databaseUrl: string, tasks: TaskList, schedule: CronItem[]): Jobs {
  const connection = patientPool(databaseUrl, connections);
  const leaving = new AbortController();
  const ended = keepRunning(connection, tasks, schedule, leaving.signal);
  return {
    stop: async () => {
      leaving.abort();
      connection.giveUp();
      const inTime = new AbortController();
      await Promise.race([ended.then(() => inTime.abort()), pause(stopDeadlineMilliseconds, inTime.signal)]);
    },
  };
}

/** A worker that could not report its job as done stops; the runner is then begun anew. */
async function keepRunning(
  connection: PatientPool,
  tasks: TaskList,
  schedule: CronItem[],
  leaving: AbortSignal,
): Promise<void> {
  while (!leaving.aborted) {
    const workers: string[] = [];
    try {
      const events: WorkerEvents = new EventEmitter();
      events.on("worker:create", ({ worker }) => workers.push(worker.workerId));
      const failed = new Promise<void>((resolve) => events.once("worker:fatalError", () => resolve()));
      const runner = await run({
        pgPool: connection.pool,
        taskList: tasks,
        parsedCronItems: parseCronItems(schedule),
        concurrency,
        pollInterval: pollMilliseconds,
        noHandleSignals: true,
        gracefulShutdownAbortTimeout: abortAfterMilliseconds,
        logger: jobLogger,
        events,
      });
      await Promise.race([whenAborted(leaving), failed, settled(runner)]);
      await stopped(runner);
      if (!leaving.aborted) await unlock(connection, workers);
    } catch (error) {
      log.error({ err: error }, "the jobs stopped and will be started again");
    }
    await pause(restartDelayMilliseconds, leaving);
  }
  await connection.end();
}

function whenAborted(leaving: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (leaving.aborted) return resolve();
    leaving.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** Whatever it came to: graphile-worker has logged it. */
async function settled(runner: Runner): Promise<void> {
  await runner.promise.catch(() => undefined);
}

/** Stopping one that has stopped by itself is an error that says nothing new. */
async function stopped(runner: Runner): Promise<void> {
  await Promise.all([runner.stop().catch(() => undefined), settled(runner)]);
}

/** The jobs of workers that are no more are free to be run again. */
async function unlock({ pool }: PatientPool, workers: readonly string[]): Promise<void> {
  await pool.query("select graphile_worker.force_unlock_workers($1::text[])", [workers]);
}
