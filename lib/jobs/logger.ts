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

/** graphile-worker's messages in the log of the service; without their metadata, which holds whole jobs. */
export const jobLogger = new Logger((scope) => {
  const { taskIdentifier, jobId } = Object(scope);
  return (level, message) => log[levels[level]]({ job: jobId, task: taskIdentifier }, message);
});
