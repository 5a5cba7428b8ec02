import fc from "fast-check";
import { badInput, type FuzzCase } from "./fuzz-cases";
import { flawsOf } from "./fuzz-judge";
import { Wire, type WireOutcome, type WireRequest } from "./fuzz-wire";
import type { World } from "./fuzz-world";

const connections = 32;
const batchSize = 2000;
/** One of each kind. */
const mostReported = 30;
const mostAttempts = 4;
/** Far beyond what any answer takes, on a machine that does much else. */
const answerDeadlineMilliseconds = 30_000;

export interface FuzzResult {
  cases: number;
  /** What was wrong, with what to say to see it again. */
  flawed: string[];
  /** "GET /v1/pipelines session": who called what. */
  met: ReadonlySet<string>;
  summary: string;
}

/** Sends so many cases over concurrent connections, and judges each answer. */
export async function fuzz(world: World, { seed, cases }: { seed: number; cases: number }): Promise<FuzzResult> {
  const wire = new Wire(world.url, answerDeadlineMilliseconds);
  const arbitrary = badInput(world);
  const startedAt = performance.now();
  const flawed = new Map<string, string>();
  const met = new Set<string>();
  const families = new Map<string, number>();
  const statuses = new Map<string, number>();
  let done = 0;
  for (let batch = 0; done < cases && flawed.size < mostReported; batch++) {
    const ofBatch = fc.sample(arbitrary, { seed: seed + batch, numRuns: Math.min(batchSize, cases - done) });
    const waiting = ofBatch.entries();
    await Promise.all(
      Array.from({ length: connections }, async () => {
        for (const [index, tried] of waiting) {
          const outcome = await insist(wire, tried.request);
          count(families, tried.family);
          count(statuses, outcome.answers[0] ? String(outcome.answers[0].status) : outcome.ending);
          met.add(`${tried.operation} ${tried.credential}`);
          const flaws = flawsOf(tried, outcome, world.known);
          if (flaws.length > 0 && !flawed.has(`${flaws} ${tried.family}`))
            flawed.set(
              `${flaws} ${tried.family}`,
              `${flaws.join("; ")}: FUZZ_SEED=${seed + batch}, case ${index}, ${described(tried)}`,
            );
        }
      }),
    );
    done += ofBatch.length;
  }
  wire.close();
  const seconds = (performance.now() - startedAt) / 1000;
  const summary = `FUZZ_SEED=${seed}: ${done} cases of bad input in ${seconds.toFixed(0)} s; ${listed(families)}; answers: ${listed(statuses)}`;
  return { cases: done, flawed: [...flawed.values()].slice(0, mostReported), met, summary };
}

/** What input does to the service, it does again; a database that was too busy for once (503) is busy no more. */
async function insist(wire: Wire, request: WireRequest): Promise<WireOutcome> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await wire.send(request);
    if (outcome.answers[0]?.status !== 503 || attempt === mostAttempts) return outcome;
  }
}

function described({ family, operation, credential, request }: FuzzCase): string {
  const text = JSON.stringify(request.bytes.subarray(0, 900).toString("latin1"));
  return `${family} (${operation ?? "-"}, ${credential}): ${text}`;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function listed(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort()
    .map(([key, number]) => `${key} ${number}`)
    .join(", ");
}
