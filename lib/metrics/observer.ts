/** What the service tells of itself while it works; nobody listens unless METRICS_PORT is set. */
export interface MetricsObserver {
  /** An answer was sent. `route` is a pattern such as `/v1/alerts/{id}`, never a path. */
  answered(answer: { route: string; method: string; status: number; seconds: number }): void;
  /** It was decided about a bearer token. The reason is a code: why not, or "none". */
  decided(outcome: Outcome, reason: string): void;
  /** So many items went to the database together. */
  batched(kind: BatchKind, size: number): void;
}

export type Outcome = "allowed" | "refused" | "undecided";
export type BatchKind = "token_lookup" | "token_use";

// server.ts and Next's bundle each load this module; both must tell the same observer.
const shared: typeof globalThis & { praxisMetrics?: MetricsObserver } = globalThis;

/** Who listens, if anyone does. */
export function observer(): MetricsObserver | undefined {
  return shared.praxisMetrics;
}

/** From now on this one listens. */
export function observeWith(listening: MetricsObserver): void {
  shared.praxisMetrics = listening;
}

/** Tells the sizes of one kind of batch to whoever listens by then. */
export function batchObserver(kind: BatchKind): (size: number) => void {
  return (size) => shared.praxisMetrics?.batched(kind, size);
}
