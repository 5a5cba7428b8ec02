import { randomBytes } from "node:crypto";

/**
 * A W3C Trace Context `traceparent` (version 00) that continues a trace with a span of its own. Not flagged as sampled:
 * nothing is recorded here but log lines, and the receiver decides for itself.
 */
export function traceparentOf(traceId: string): string {
  return `00-${traceId}-${spanId()}-00`;
}

/** All zeros would not be one. */
function spanId(): string {
  const id = randomBytes(8);
  return id.some((byte) => byte !== 0) ? id.toString("hex") : spanId();
}
