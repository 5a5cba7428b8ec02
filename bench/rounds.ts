import { type LoadPlan, type LoadResult, load } from "./load-plan";

/** Something to measure: a server under a load. */
export interface Contestant {
  name: string;
  port: number;
  requests: LoadPlan["requests"];
}

export interface Measured {
  name: string;
  /** The median of the rounds. */
  requestsPerSecond: number;
  /** The lowest and the highest round. */
  spread: readonly [number, number];
  p50Milliseconds: number;
  p99Milliseconds: number;
  answers: number;
  failures: Readonly<Record<string, number>>;
}

export interface RoundSettings {
  rounds: number;
  seconds: number;
  connections: number;
  requestsPerSecond: number | null;
}

/**
 * Measures contestants in alternating rounds, so that what the machine does in between falls on all alike, and takes
 * medians. One unmeasured round before lets each warm up.
 */
export async function measure(contestants: readonly Contestant[], settings: RoundSettings): Promise<Measured[]> {
  const results = new Map<string, LoadResult[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < settings.rounds; round++)
    // Every other round backwards: nobody is always the one after the same neighbour.
    for (const { name, port, requests } of round % 2 === 0 ? contestants : contestants.toReversed()) {
      const { connections, seconds, requestsPerSecond } = settings;
      const warmUpSeconds = round === 0 ? 2 : 0.5;
      const result = await load({ port, connections, warmUpSeconds, seconds, requestsPerSecond, requests });
      results.get(name)?.push(result);
      process.stderr.write(`  round ${round + 1}  ${name}: ${Math.round(result.requestsPerSecond)}/s\n`);
    }
  return [...results].map(([name, rounds]) => summary(name, rounds));
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

function summary(name: string, rounds: readonly LoadResult[]): Measured {
  const rates = rounds.map(({ requestsPerSecond }) => requestsPerSecond);
  const failures: Record<string, number> = {};
  for (const round of rounds)
    for (const [reason, count] of Object.entries(round.failures)) failures[reason] = (failures[reason] ?? 0) + count;
  return {
    name,
    requestsPerSecond: median(rates),
    spread: [Math.min(...rates), Math.max(...rates)],
    p50Milliseconds: median(rounds.map(({ p50Milliseconds }) => p50Milliseconds ?? Number.NaN)),
    p99Milliseconds: median(rounds.map(({ p99Milliseconds }) => p99Milliseconds ?? Number.NaN)),
    answers: rounds.reduce((sum, { requests }) => sum + requests, 0),
    failures,
  };
}
