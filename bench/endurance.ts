import { type LoadPlan, load } from "./load-plan";
import { processorMilliseconds } from "./processor-time";
import { type RunningServer, residentMebibytes } from "./servers";

const chunkSeconds = 10;

export interface Endurance {
  answers: number;
  /** How many answers were not as expected, by reason. */
  failures: Readonly<Record<string, number>>;
  requestsPerSecond: number;
  /** After how many answers the process held how much memory. */
  memory: readonly { answers: number; residentMebibytes: number }[];
  /** CPU time for each request. */
  microseconds: ProcessorTime;
}

/** CPU time of the service's processes and of PostgreSQL's, in microseconds for each request. */
export interface ProcessorTime {
  service: number;
  postgresql: number;
}

/** Asks a server until it gave so many answers, and looks at its memory on the way. */
export async function endure(
  server: RunningServer,
  postmaster: number,
  requests: LoadPlan["requests"],
  answersWanted: number,
): Promise<Endurance> {
  const service = server.process.pid ?? Number.NaN;
  const processorTimes = () => [service, postmaster].map(processorMilliseconds);
  const memory = [{ answers: 0, residentMebibytes: await residentMebibytes(service) }];
  const failures: Record<string, number> = {};
  let [answers, seconds] = [0, 0];
  const before = processorTimes();
  while (answers < answersWanted) {
    const plan = { port: server.port, connections: 32, warmUpSeconds: 0, requestsPerSecond: null, requests };
    const result = await load({ ...plan, seconds: chunkSeconds });
    if (result.requests === 0) throw new Error(`No good answer in ${chunkSeconds} s: ${JSON.stringify(result)}`);
    answers += result.requests;
    for (const [reason, count] of Object.entries(result.failures)) failures[reason] = (failures[reason] ?? 0) + count;
    seconds += result.requests / result.requestsPerSecond;
    memory.push({ answers, residentMebibytes: await residentMebibytes(service) });
    process.stderr.write(`  ${answers} verifications: ${memory.at(-1)?.residentMebibytes.toFixed(0)} MiB\n`);
  }
  const asked = Object.values(failures).reduce((sum, count) => sum + count, answers);
  const [ours = Number.NaN, theirs = Number.NaN] = processorTimes().map(
    (after, index) => ((after - (before[index] ?? Number.NaN)) * 1000) / asked,
  );
  return {
    ...{ answers, failures, requestsPerSecond: answers / seconds, memory },
    microseconds: { service: ours, postgresql: theirs },
  };
}
