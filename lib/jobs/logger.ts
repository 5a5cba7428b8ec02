import { Logger, type LogLevel } from "graphile-worker";
import type { LevelWithSilent } from "pino";
import { log } from "@/lib/log";

// What a worker says of every job it finishes is of interest to nobody but its developers.
const levels: Readonly<Record<`${LogLevel}`, LevelWithSilent>> = {
  error: "error",
  warning: "warn",
  info: "debug",
  debug: "trace",
};

/** graphile-worker's messages in the log of the service; of their metadata, which holds whole jobs, only which job. */
export const jobLogger = new Logger(() => (level, message, metadata) => {
  const { id, task_identifier: task } = Object(Object(metadata).job);
  log[levels[level]]({ job: id, task }, message);
});
