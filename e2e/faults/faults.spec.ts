import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { addAuditEvents, createPlace, createTokenRow } from "@/lib/test/fixtures";
import { createWebhookRow } from "@/lib/test/webhooks";
import type { Call } from "./ask";
import { Changes, findLosses, Ledger } from "./changes";
import { killAmid, Victims } from "./kills";
import type { PostgresServer } from "./postgres";
import type { Passage } from "./proxy";
import { type Row, tableOf } from "./table";
import { Judge, pause, Traffic } from "./traffic";
import { startWorld, type World } from "./world";

/** After a fault is over, each instance must answer well within this time. */
const recoveryMilliseconds = 5000;
const wantedKills = 50;

let world: World;
const judge = new Judge();
const rows: Row[] = [];

beforeAll(async () => {
  world = await startWorld();
  // The first answers of a process take long; what is judged is one that is at work.
  await judge.allow(20_000);
  for (const instance of [world.a, world.b])
    for (const question of world.questions) await judge.judge(instance, question);
  await judge.allow();
}, 120_000);

afterAll(async () => {
  await world?.server.kill();
  await world?.stop();
  process.stdout.write(`\n${tableOf(rows)}\n\n`);
}, 60_000);

/** The traffic at hand, and what was seen of it. */
interface Act {
  both: readonly [World["a"], World["b"]];
  /** Resolves when each instance has said that it cannot decide. */
  undecided(): Promise<void>;
  /** Resolves once each instance has given a good answer, with how long that took. */
  good(): Promise<number>;
}

/**
 * Breaks something under steady traffic and mends it. The act returns how long the first good answer took once it was
 * mended. Whatever happens: no wrong verdict, no death, nothing lost, nothing changed without its record.
 */
async function underTraffic(name: string, act: (traffic: Act) => Promise<number>): Promise<void> {
  const { a, b, questions, adminSecret: secret, ledger } = world;
  const both = [a, b] as const;
  judge.take();
  const traffic = new Traffic(judge, both, questions);
  const changes = [
    new Changes({ judge, ledger, secret, on: a, asked: b }),
    new Changes({ judge, ledger, secret, on: b, asked: a }),
  ];
  const all = [traffic, ...changes];
  for (const one of all) one.start();
  let firstGoodMilliseconds = Number.POSITIVE_INFINITY;
  try {
    await judge.good(both, 20);
    firstGoodMilliseconds = await act({
      both,
      undecided: () => judge.undecided(both),
      good: () => judge.good(both),
    });
    await judge.good(both, 20);
  } finally {
    await Promise.all(all.map((one) => one.stop()));
  }
  const deaths = both.filter(({ isDead }) => isDead).length;
  const { lost, orphaned, auditFaults } = await world.inspect(traffic.answered);
  const { wrong, ...tally } = judge.take();
  rows.push({ name, ...tally, wrong: wrong.length, deaths, firstGoodMilliseconds, lost, orphaned });
  expect({ wrong: wrong.slice(0, 10), deaths, lost, orphaned, auditFaults }).toEqual({
    ...{ wrong: [], deaths: 0, lost: [], orphaned: [], auditFaults: [] },
  });
  expect(firstGoodMilliseconds).toBeLessThan(recoveryMilliseconds);
}

const fault = (name: string, act: (traffic: Act) => Promise<number>) =>
  test(name, () => underTraffic(name, act), 120_000);

function passing(passage: Passage): void {
  for (const way of [world.wayOfA, world.wayOfB]) way.passage = passage;
}

fault("no fault", async ({ good }) => good());

test("the check finds what is lost, and what lacks its other half", async () => {
  const place = await createPlace();
  const { id } = await createTokenRow(place, { name: "token-without-record" });
  const lost = randomUUID();
  await addAuditEvents(place, [{ action: "pipeline.created", target_kind: "pipeline", target_label: "pipeline-lost" }]);
  const ledger = new Ledger();
  ledger.note({ status: 201, text: JSON.stringify({ name: "pipeline-lost" }) });
  const client = await world.server.connect("praxis");
  const findings = await findLosses(client, place, ledger, new Set([lost])).finally(() => client.end());
  expect(findings).toEqual({
    lost: ["pipeline acknowledged: pipeline-lost", `use answered, not on record: ${lost}`],
    orphaned: [`token without record: ${id}`, "record without pipeline: pipeline-lost"],
  });
});

fault("PostgreSQL killed and started again", async ({ undecided, good }) => {
  await world.server.kill();
  await undecided();
  await world.server.start();
  return good();
});

fault("PostgreSQL stopped", async ({ undecided, good }) => {
  world.server.signal("SIGSTOP");
  await undecided();
  await undecided();
  world.server.signal("SIGCONT");
  return good();
});

fault("PostgreSQL slow", async ({ both, good }) => {
  // A change asks the database a dozen things, one after the other.
  await judge.allow(10_000);
  passing({ kind: "delayed", milliseconds: 60 });
  await judge.good(both, 40);
  passing({ kind: "open" });
  const milliseconds = await good();
  await judge.allow();
  return milliseconds;
});

fault("PostgreSQL out of reach without a word", async ({ undecided, good }) => {
  // Of the change that is cut off there, the database holds what the tenant's other calls need.
  await world.wayOfA.stopBefore("COMMIT");
  passing({ kind: "lost" });
  await undecided();
  await undecided();
  passing({ kind: "open" });
  return good();
});

fault("PostgreSQL out of connections", async ({ undecided, good }) => {
  const { server } = world;
  const held: pg.Client[] = [];
  try {
    await takeConnections(server, held);
    await undecided();
  } finally {
    await Promise.all(held.map((client) => client.end()));
  }
  return good();
});

fault("PostgreSQL read-only", async ({ undecided, good }) => {
  await world.server.run("alter system set default_transaction_read_only = on", "select pg_reload_conf()");
  await undecided();
  const client = await world.server.connect();
  await client.query("set default_transaction_read_only = off");
  await client.query("alter system reset default_transaction_read_only");
  await client.query("select pg_reload_conf()");
  await client.end();
  return good();
});

test("PostgreSQL's disk full", { timeout: 60_000 }, async ({ skip }) => {
  const { disk, server } = world;
  if (!disk) return skip("No small disk can be mounted here: that takes root");
  await underTraffic("PostgreSQL's disk full", async ({ undecided, good }) => {
    disk.fill();
    await undecided();
    disk.free();
    // It gives up when it cannot even write down what happened; whoever looks after it starts it again.
    await pause(100);
    if (!server.isRunning) await server.start();
    return good();
  });
});

fault("PostgreSQL failed over to a replica", async ({ undecided, good }) => {
  const home = join(world.home, "replica");
  await mkdir(home, { mode: 0o711 });
  const primary = world.server;
  const replica = await primary.createReplica(home);
  await judge.good([world.a, world.b], 20);
  await primary.kill();
  await undecided();
  await replica.promote();
  world.server = replica;
  process.env.DATABASE_URL = replica.url("praxis");
  for (const way of [world.wayOfA, world.wayOfB]) way.target = replica.port;
  return good();
});

test("Redis gone", { timeout: 60_000 }, async ({ skip }) => {
  const { redis } = world;
  if (!redis) return skip("There is no redis-server");
  await underTraffic("Redis gone", async ({ both, good }) => {
    redis.signal("SIGSTOP");
    await judge.good(both, 40);
    redis.signal("SIGCONT");
    await redis.kill();
    await judge.good(both, 40);
    await redis.start();
    return good();
  });
});

fault("a webhook's receiver that hangs", async ({ both, good }) => {
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => sockets.add(socket.on("error", () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const webhook = await createWebhookRow(world.place, { url: `http://127.0.0.1:${port}/` });
  await expect.poll(() => sockets.size, { timeout: 15_000 }).toBeGreaterThan(0);
  await judge.good(both, 40);
  await db.webhook.update({ where: { id: webhook.id }, data: { enabled: false } });
  for (const socket of sockets) socket.destroy();
  server.close();
  return good();
});

fault("an instance's event loop stalled", async ({ good }) => {
  const { a, b } = world;
  b.mayBeAway = true;
  b.signal("SIGSTOP");
  await judge.good([a], 100);
  b.signal("SIGCONT");
  const milliseconds = await good();
  b.mayBeAway = false;
  return milliseconds;
});

fault("an instance stalled amid a change", async ({ good }) => {
  const { a, b, wayOfB } = world;
  b.mayBeAway = true;
  await wayOfB.stopBefore("COMMIT");
  b.signal("SIGSTOP");
  // What B holds of the tenant, A needs.
  const milliseconds = await judge.good([a], 20);
  b.signal("SIGCONT");
  await good();
  b.mayBeAway = false;
  return milliseconds;
});

fault("an instance killed under load", async ({ good }) => {
  const { a, b } = world;
  a.mayBeAway = true;
  await a.kill();
  await judge.good([b], 40);
  await a.start();
  const milliseconds = await good();
  await atWork(a);
  return milliseconds;
});

fault("an instance told to end under load", async ({ good }) => {
  const { a, b } = world;
  b.mayBeAway = true;
  expect(await b.terminate()).toBe(0);
  await judge.good([a], 40);
  await b.start({ NODE_OPTIONS: "--import ./e2e/faults/hour-ahead.mjs" });
  const milliseconds = await good();
  await atWork(b);
  return milliseconds;
});

fault("clocks an hour apart", async ({ both, good }) => {
  await judge.good(both, 100);
  return good();
});

test("fifty processes killed amid changes", { timeout: 300_000 }, async () => {
  const { settings, adminSecret, ledger, place } = world;
  const victims = new Victims(settings, 2);
  const authorization = `Bearer ${adminSecret}`;
  const call = (path: string, body: unknown): Call => ({ method: "POST", path, headers: { authorization }, body });
  const create = () => {
    const name = `pipeline-${randomUUID()}`;
    return call("/v1/pipelines", { name, signal: "logs", source: "otlp", destination: "s3://bucket" });
  };
  const issue = () => call("/identity/tokens", { name: `token-${randomUUID()}`, scopes: ["pipeline:read"] });
  let kills = 0;
  let requests = 0;
  let cutShort = 0;
  try {
    while (kills < wantedKills) {
      const victim = await victims.next();
      const existing = await db.token.findMany({
        where: { tenantId: place.tenantId, name: { startsWith: "token-" }, revokedAt: null },
        select: { id: true },
        take: 2,
      });
      const revocations = existing.map(({ id }) =>
        call("/identity/tokens/revoke", { ids: [id], reason: "compromised" }),
      );
      const calls = [create(), issue(), ...revocations, create(), issue(), create(), issue()];
      requests += calls.length;
      const { cut, answers } = await killAmid(victim, calls, 1 + (kills % 6));
      if (cut > 0) kills++;
      cutShort += cut;
      for (const answer of answers) ledger.note(answer);
    }
  } finally {
    await victims.end();
  }
  const { lost, orphaned, auditFaults } = await world.inspect(new Set());
  rows.push({
    ...{
      name: `${wantedKills} processes killed amid changes`,
      requests,
      wrong: 0,
      undecided: 0,
      unreachable: requests,
    },
    ...{ slowestMilliseconds: 0, deaths: 0, firstGoodMilliseconds: 0, lost, orphaned },
  });
  expect({ lost, orphaned, auditFaults }).toEqual({ lost: [], orphaned: [], auditFaults: [] });
  // Some were cut before they were committed, others after.
  expect(cutShort).toBeGreaterThan(wantedKills);
  expect(requests).toBeGreaterThan(cutShort);
});

/** The first answers of a process take long: it is held to its promises from now on. */
async function atWork(instance: World["a"]): Promise<void> {
  await judge.good([instance], 60);
  instance.mayBeAway = false;
  await judge.allow();
}

/** Takes all there are, and from the instances what they have. */
async function takeConnections(server: PostgresServer, held: pg.Client[]): Promise<void> {
  const praxis = "from pg_stat_activity where application_name like 'praxis%'";
  for (;;) {
    const more = await Promise.allSettled(Array.from({ length: 20 }, () => server.connect()));
    held.push(...more.flatMap((one) => (one.status === "fulfilled" ? one.value : [])));
    const [first] = held;
    if (first === undefined) throw new Error("There was no connection to take");
    if (more.every(({ status }) => status === "fulfilled")) continue;
    const { rowCount } = await first.query(`select pg_terminate_backend(pid) ${praxis}`);
    if (rowCount === 0) return;
  }
}
