import pino from "pino";
import { env } from "@/lib/env";

const secretPaths = ["authorization", "cookie", "password", "secret", "*.headers", "headers"].flatMap((name) =>
  name.endsWith("headers") ? [`${name}.authorization`, `${name}.cookie`, `${name}["set-cookie"]`] : [name, `*.${name}`],
);

/** The process's log: one JSON object a line on standard output, secrets left out. */
export const log = pino({
  level: env.LOG_LEVEL,
  serializers: { err: describeError },
  redact: { paths: secretPaths, censor: "[redacted]" },
});

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
