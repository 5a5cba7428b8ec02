import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gateways } from "@/e2e/support/gateways";
import { db } from "@/lib/db/client";
import { startEmbedded } from "@/lib/db/embedded";
import { pool } from "@/lib/db/pool";
import { createDatabase, query } from "@/lib/test/databases";
import { createMember, createPlace, createTokenRow, type Place } from "@/lib/test/fixtures";
import { hammer } from "@/lib/test/staleness-run";
import { startTenSecondCache } from "@/lib/test/ten-second-cache";
import { migrate } from "@/prisma/migrate";
import { seedTokens } from "@/prisma/seed-tokens";
import {
  accessLogs,
  type BenchToken,
  bearer,
  pipelineRequests,
  startPeers,
  startPraxis,
  verifyRequests,
} from "./contestants";
import { endure } from "./endurance";
import { getRequest } from "./load-plan";
import { hotPlans } from "./plans";
import { parentOf } from "./processor-time";
import { markdownReport, type Report, type Staleness } from "./report";
import { type Contestant, measure } from "./rounds";
import { type RunningServer, residentMebibytes } from "./servers";

// `npm run bench`: the service against its peers and its limits, in one run on one machine. Prints a table and writes
// bench/results/latest.json. What counts are the ratios: the machine's own speed is in all of them.

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
    // How often to verify while watching the memory.
    verifications: { type: "string", default: "1000000" },
    // The service alone, in its ways of recording uses: no peers, no gateway, and no targets that need them.
    ours: { type: "boolean", default: false },
  },
});
const settings = { rounds: Number(values.rounds), seconds: Number(values.seconds), connections: 32 };
const tokenCount = 500;
/** Tokens of the same tenant that nobody calls with: the indexes are as deep as where there are many. */
const idleTokenCount = 100_000;
/** CPU time of the ways of recording uses is taken from so many verifications. */
const profiledVerifications = 20_000;
const stalenessRequests = 100_000;
const cacheRequests = 10_000;

const scratch = await mkdtemp(join(tmpdir(), "praxis-bench-"));
const database = await startEmbedded(join(scratch, "database"));
const cleanups: (() => Promise<unknown>)[] = [
  () => rm(scratch, { recursive: true, force: true }),
  () => database.stop(),
  () => pool.end(),
];
try {
  const report = await run();
  await mkdir(join(import.meta.dirname, "results"), { recursive: true });
  await writeFile(join(import.meta.dirname, "results", "latest.json"), `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(markdownReport(report));
} finally {
  for (const cleanUp of cleanups.reverse()) await cleanUp();
}

async function run(): Promise<Report> {
  const praxisUrl = await createDatabase(database.url, "service");
  process.env.DATABASE_URL = praxisUrl;
  await migrate(praxisUrl);
  const loadAverageBefore = loadavg()[0] ?? Number.NaN;
  const { place, tokens, pipeline } = await makeTokens();
  const peers = values.ours ? null : await startPeers({ adminUrl: database.url, scratch, tokens });
  if (peers) cleanups.push(peers.stop);

  const ours: Contestant[] = [];
  const running: { accessLog: string; server: RunningServer }[] = [];
  const coldStartMilliseconds: number[] = [];
  const memory: Record<string, number> = {};
  for (const accessLog of accessLogs) {
    const server = await startPraxis(praxisUrl, join(scratch, accessLog), { ACCESS_LOG: accessLog });
    cleanups.push(server.stop);
    running.push({ accessLog, server });
    coldStartMilliseconds.push(server.startedInMilliseconds);
    memory[accessLog] = await residentMebibytes(server.process.pid);
    ours.push({ name: `verify, ${accessLog} use records`, port: server.port, requests: verifyRequests(tokens) });
    if (accessLog === "durable")
      ours.push({ name: "/v1/pipelines", port: server.port, requests: pipelineRequests(tokens, pipeline) });
  }
  const two = await startPraxis(praxisUrl, join(scratch, "two"), { ACCESS_LOG: "off", WORKERS: "2" });
  cleanups.push(two.stop);
  ours.push({ name: "verify, off use records, 2 workers", port: two.port, requests: verifyRequests(tokens) });
  const contestants = peers ? [...peers.contestants, ...ours, ...(await behindNginx(ours, peers, tokens))] : ours;
  const throughput = await measure(contestants, { ...settings, requestsPerSecond: null });
  const steady = contestants.filter(({ name }) => name.startsWith("verify, durable") || name.startsWith("better-auth"));
  const latency = await measure(steady, { ...settings, rounds: 3, requestsPerSecond: 100 });
  await two.stop();
  const staleness = await staleAnswers(running.map(({ server }) => `http://127.0.0.1:${server.port}`));
  const postmaster = await postmasterPid();
  const processorTime: Report["processorTime"] = {};
  for (const { accessLog, server } of running)
    processorTime[accessLog] = (
      await endure(server, postmaster, verifyRequests(tokens), profiledVerifications)
    ).microseconds;
  const [durable] = running;
  if (!durable) throw new Error("No server");
  const endurance = await endure(durable.server, postmaster, verifyRequests(tokens), Number(values.verifications));
  return {
    machine: { cores: cpus().length, model: cpus()[0]?.model ?? "", node: process.version },
    loadAverageBefore,
    staleness,
    processorTime,
    endurance,
    plans: await hotPlans(
      praxisUrl,
      place,
      tokens.map(({ secret }) => secret),
    ),
    settings: { ...settings, tokens: tokenCount },
    throughput,
    latency,
    coldStartMilliseconds,
    memoryAtRestMebibytes: memory,
  };
}

/** The same, asked by nginx for each request of its clients (docs/gateways/nginx.conf), of us and of a Next route. */
async function behindNginx(
  ours: readonly Contestant[],
  peers: { bare: RunningServer; next: RunningServer },
  tokens: readonly BenchToken[],
): Promise<Contestant[]> {
  const nginx = gateways.find(({ name, isHere }) => name === "nginx" && isHere);
  const durable = ours.find(({ name }) => name.startsWith("verify, durable"));
  if (!nginx || !durable) return [];
  const upstream = `127.0.0.1:${peers.bare.port}`;
  const requests = tokens.map(({ secret }) => ({ text: getRequest("/", bearer(secret)), expected: '{"ok":true}' }));
  const behind = async (name: string, port: number): Promise<Contestant> => {
    const running = await nginx.start({ identity: `127.0.0.1:${port}`, upstream });
    cleanups.push(running.stop);
    return { name, port: Number(running.address.split(":")[1]), requests };
  };
  return [
    await behind("nginx → verify, durable", durable.port),
    await behind("nginx → Next route, one SELECT", peers.next.port),
  ];
}

/** Counts answers that contradict what was acknowledged before: of our instances, and of a cache in front of one. */
async function staleAnswers(instances: readonly string[]): Promise<Record<string, Staleness>> {
  const [first = ""] = instances;
  const cache = await startTenSecondCache(first);
  try {
    const ours = await hammer({ asked: instances, changed: instances, requests: stalenessRequests });
    const cached = await hammer({ asked: [cache.url], changed: [first], requests: cacheRequests });
    const counted = ({ contradictions, ...counts }: typeof ours): Staleness => ({
      ...counts,
      stale: contradictions.length,
    });
    return { [`verify, ${instances.length} instances`]: counted(ours), "a cache of 10 seconds": counted(cached) };
  } finally {
    await cache.stop();
  }
}

/** The first of PostgreSQL's processes, which is above every connection's. */
async function postmasterPid(): Promise<number> {
  const checkpointer = "select pid from pg_stat_activity where backend_type = 'checkpointer'";
  const [row] = await query<{ pid: number }>(database.url, checkpointer);
  return parentOf(row?.pid ?? Number.NaN);
}

async function makeTokens(): Promise<{ place: Place; tokens: BenchToken[]; pipeline: string }> {
  const place = await createPlace();
  const creator = await createMember(place, "owner");
  const pipeline = await db.pipeline.create({
    data: { ...place, name: "bench-pipeline", signal: "logs", source: "file", destination: "store" },
    select: { id: true },
  });
  const scopes = ["pipeline:read", "pipeline:write", "metrics:read"] as const;
  const tokens: BenchToken[] = [];
  for (let index = 0; index < tokenCount; index++) {
    const { secret, id } = await createTokenRow(place, { scopes, creatorId: creator.id, name: `bench ${index}` });
    tokens.push({ secret, id, ...place, scopes: [...scopes] });
  }
  await seedTokens(place.tenantId, idleTokenCount, () => undefined);
  return { place, tokens, pipeline: pipeline.id };
}
