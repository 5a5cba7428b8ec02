import pino, { type DestinationStream } from "pino";
import { env } from "@/lib/env";
import { withoutFormedSecrets, withoutNamedSecrets } from "@/lib/redact";

/** The process's log: one JSON object a line on standard output, secrets left out. */
export const log = createLog(env.LOG_LEVEL, pino.destination(1));

/** A log that leaves secrets out: values by their names, at any depth, and by their form, anywhere in any text. */
export function createLog(level: string, destination: DestinationStream) {
  const options = {
    level,
    serializers: { err: describeError },
    formatters: { log: withoutNamedSecrets },
    hooks: { streamWrite: withoutFormedSecrets },
  };
  return pino(options, destination);
}

/** Drivers hang whole connections, keys included, on their errors: only these parts may be logged. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    ...("code" in error && { code: error.code }),
    ...(cause !== undefined && { cause: describeError(cause) }),
    stack,
  };
}
