import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChainEnd, verifyAudit } from "@/lib/audit/verify-chain";
import { db } from "@/lib/db/client";
import { freePort } from "@/lib/free-port";
import { contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTokenRow, type Place } from "@/lib/test/fixtures";
import { generateSecret } from "@/lib/tokens/secret";
import { type Findings, findLosses, Ledger, verification } from "./changes";
import { Instance } from "./instance";
import { killed, mountSmallDisk, PostgresServer, type SmallDisk } from "./postgres";
import { type FaultyWay, startProxy } from "./proxy";
import type { Question } from "./traffic";

const smallDiskMegabytes = 320;
const redisProgram = process.env.REDIS_SERVER_PATH ?? "redis-server";

/** Two instances on one PostgreSQL, all of it to be broken, with tokens whose verdicts are known. */
export interface World {
  home: string;
  /** What the instances reach, each by a way of its own. */
  server: PostgresServer;
  /** Undefined where none can be mounted. */
  disk: SmallDisk | undefined;
  wayOfA: FaultyWay;
  wayOfB: FaultyWay;
  /** Undefined where there is no such program. */
  redis: Redis | undefined;
  a: Instance;
  b: Instance;
  place: Place;
  adminSecret: string;
  questions: readonly Question[];
  ledger: Ledger;
  /** Settings that a further process of the service needs. */
  settings: Record<string, string>;
  /** What is missing or without its other half by now, and what is wrong with the audit log. */
  inspect(answered: ReadonlySet<string>): Promise<Findings & { auditFaults: unknown[] }>;
  stop(): Promise<void>;
}

/** Starts it, and stops what was started when something fails. */
export async function startWorld(): Promise<World> {
  const closers: (() => unknown)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    return await build(closers, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(closers: (() => unknown)[], stop: () => Promise<void>): Promise<World> {
  const home = await mkdtemp(join(tmpdir(), "praxis-faults-"));
  await chmod(home, 0o711);
  closers.push(() => rm(home, { recursive: true, force: true }));
  const diskDirectory = join(home, "disk");
  const disk = mountSmallDisk(diskDirectory, smallDiskMegabytes);
  if (disk) closers.push(() => disk.unmount());
  await chmod(diskDirectory, 0o711);
  const server = await PostgresServer.create(diskDirectory);
  closers.push(() => server.kill());
  const [wayOfA, wayOfB] = [await startProxy(server.port), await startProxy(server.port)];
  closers.push(() => Promise.all([wayOfA.stop(), wayOfB.stop()]));
  const redis = await startRedis(home);
  closers.push(() => redis?.stop());
  // The fixtures of this process know the way that nothing breaks.
  process.env.DATABASE_URL = server.url("praxis");
  const settings = {
    DATABASE_URL: server.url("praxis", wayOfA.port),
    AUTH_SECRET: process.env.NEXTAUTH_SECRET ?? "",
    ADMIN_PASSWORD: "a-password-of-these-tests-only",
    WEBHOOK_PRIVATE_ADDRESSES: "allow",
    // Many bad tokens come from one address: that they are counted is wanted, that they are refused is tested elsewhere.
    RATE_LIMIT_TOKEN: "1000000/60",
    RATE_LIMIT_FAILED_AUTH: "1000000/60",
    LOG_LEVEL: "warn",
    ...(redis && { REDIS_URL: redis.url }),
  };
  const [a, b] = await startInstances(
    { ...settings, DATA_DIR: join(home, "a") },
    { ...settings, DATA_DIR: join(home, "b"), DATABASE_URL: server.url("praxis", wayOfB.port) },
  );
  closers.push(() => Promise.all([a.kill(), b.kill()]));
  const place = await createPlace();
  await db.tenant.update({ where: { id: place.tenantId }, data: { tokensMayCreateTokens: true } });
  const scopes = ["token:read", "token:write", "pipeline:read", "pipeline:write"] as const;
  const { secret: adminSecret } = await createTokenRow(place, { scopes });
  const questions = await questionsAbout(place);
  const ledger = new Ledger();
  let heads: ChainEnd[] = [];
  const world: World = {
    ...{ home, server, disk, wayOfA, wayOfB, redis, a, b, place, adminSecret, questions, ledger, settings, stop },
    async inspect(answered) {
      const client = await world.server.connect("praxis");
      try {
        const { faults, ends } = await verifyAudit(client, heads);
        // Nothing that was in the log by now may go from it later.
        heads = ends;
        return { ...(await findLosses(client, place, ledger, answered)), auditFaults: faults };
      } finally {
        await client.end();
      }
    },
  };
  return world;
}

/** The first migrates the database; then both at once would gain nothing. */
async function startInstances(ofA: Record<string, string>, ofB: Record<string, string>) {
  const a = await Instance.start("A", ofA);
  try {
    return [a, await Instance.start("B", ofB)] as const;
  } catch (error) {
    await a.kill();
    throw error;
  }
}

/** Credentials that work and that do not, and what each must be answered whatever the state of things. */
async function questionsAbout(place: Place): Promise<Question[]> {
  const halfAnHour = 30 * 60_000;
  const token = (options: Parameters<typeof createTokenRow>[1] = {}) =>
    createTokenRow(place, { scopes: ["pipeline:read"], ...options });
  const good = await token();
  const expiring = await token({ expiresAt: new Date(Date.now() + halfAnHour) });
  const expired = await token({ expiresAt: new Date(Date.now() - halfAnHour) });
  const revoked = await token({ revokedAt: new Date() });
  const narrow = await token({ scopes: ["metrics:read"] });
  const forged = generateSecret("api");
  const user = await createMember(place, "owner");
  const cookie = await sessionCookie(user);
  const outlived = await sessionCookie({ ...user, sessionVersion: user.sessionVersion + 1 });
  const pipelines = (name: string, secret: string, right: number): Question => ({
    ...verification(name, secret, [right]),
    path: "/v1/pipelines",
  });
  const organizations = (name: string, session: string, right: number): Question => ({
    ...{ name, isGood: right === 200, right: [right], method: "GET", path: "/identity/organizations" },
    headers: { cookie: session },
  });
  return [
    verification("a good token", good.secret, [200]),
    verification("a revoked token", revoked.secret, [401]),
    verification("a token that expires in half an hour", expiring.secret, [200]),
    verification("a forged token", forged, [401]),
    pipelines("a good token", good.secret, 200),
    verification("a token that expired half an hour ago", expired.secret, [401]),
    verification("a token without the scope", narrow.secret, [403]),
    pipelines("a revoked token", revoked.secret, 401),
    organizations("a session", cookie, 200),
    verification("a malformed token", `${good.secret}0`, [401]),
    pipelines("a forged token", forged, 401),
    organizations("a session that was ended", outlived, 401),
    {
      ...{ name: "a page for a session", isGood: true, right: [200], method: "GET" },
      ...{ path: "/identity/profile", headers: { cookie, ...contextOf(place), accept: "text/html" } },
    },
  ];
}

export interface Redis {
  readonly url: string;
  signal(name: NodeJS.Signals): void;
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

async function startRedis(directory: string): Promise<Redis | undefined> {
  if (spawnSync(redisProgram, ["--version"]).status !== 0) return undefined;
  const port = await freePort();
  const place = join(directory, "redis");
  await mkdir(place);
  let child: ChildProcess;
  const redis: Redis = {
    url: `redis://127.0.0.1:${port}`,
    signal: (name) => void child.kill(name),
    kill: () => killed(child),
    start: async () => {
      const settings = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", place];
      child = spawn(redisProgram, settings, { stdio: "ignore" });
      await once(child, "spawn");
    },
    stop: () => killed(child),
  };
  await redis.start();
  return redis;
}
