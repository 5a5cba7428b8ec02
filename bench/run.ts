import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gateways } from "@/e2e/support/gateways";
import { db } from "@/lib/db/client";
import { startEmbedded } from "@/lib/db/embedded";
import { pool } from "@/lib/db/pool";
import { createDatabase } from "@/lib/test/databases";
import { createMember, createPlace, createTokenRow } from "@/lib/test/fixtures";
import { migrate } from "@/prisma/migrate";
import {
  accessLogs,
  type BenchToken,
  bearer,
  pipelineRequests,
  startPeers,
  startPraxis,
  verifyRequests,
} from "./contestants";
import { getRequest } from "./load-plan";
import { markdownReport, type Report } from "./report";
import { type Contestant, measure } from "./rounds";
import { type RunningServer, residentMebibytes } from "./servers";

// `npm run bench`: the service against its peers and its limits, in one run on one machine. Prints a table and writes
// bench/results/latest.json. What counts are the ratios: the machine's own speed is in all of them.

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "3" },
    // The service alone, in its ways of recording uses: no peers, no gateway, and no targets that need them.
    ours: { type: "boolean", default: false },
  },
});
const settings = { rounds: Number(values.rounds), seconds: Number(values.seconds), connections: 32 };
const tokenCount = 500;

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
  const { tokens, pipeline } = await makeTokens();
  const peers = values.ours ? null : await startPeers({ adminUrl: database.url, scratch, tokens });
  if (peers) cleanups.push(peers.stop);

  const ours: Contestant[] = [];
  const coldStartMilliseconds: number[] = [];
  const memory: Record<string, number> = {};
  for (const accessLog of accessLogs) {
    const server = await startPraxis(praxisUrl, join(scratch, accessLog), { ACCESS_LOG: accessLog });
    cleanups.push(server.stop);
    coldStartMilliseconds.push(server.startedInMilliseconds);
    memory[accessLog] = await residentMebibytes(server.process.pid);
    ours.push({ name: `verify, ${accessLog} use records`, port: server.port, requests: verifyRequests(tokens) });
    if (accessLog === "durable")
      ours.push({ name: "/v1/pipelines", port: server.port, requests: pipelineRequests(tokens, pipeline) });
  }
  const contestants = peers ? [...peers.contestants, ...ours, ...(await behindNginx(ours, peers, tokens))] : ours;
  const throughput = await measure(contestants, { ...settings, requestsPerSecond: null });
  const steady = contestants.filter(({ name }) => name.startsWith("verify, durable") || name.startsWith("better-auth"));
  const latency = await measure(steady, { ...settings, rounds: 3, requestsPerSecond: 100 });
  return {
    machine: { cores: cpus().length, model: cpus()[0]?.model ?? "", node: process.version },
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

async function makeTokens(): Promise<{ tokens: BenchToken[]; pipeline: string }> {
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
  return { tokens, pipeline: pipeline.id };
}
