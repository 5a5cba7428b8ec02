import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Redis from "ioredis";
import { afterEach, describe, expect, test, vi } from "vitest";
import { freePort } from "@/lib/free-port";
import { connectRedis, createLimiter, type Limiter } from "./limiter";

const redisServer = process.env.REDIS_SERVER_PATH ?? "redis-server";
// Where the distribution has no such program, `npm test` said so before it began.
const isMissing = spawnSync(redisServer, ["--version"]).status !== 0;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function limiterOf(setting: { count: number; seconds: number }, redis: Redis | null): Limiter {
  const limiter = createLimiter("test", setting, redis);
  if (!limiter) throw new Error("a limit that is set is a limiter");
  return limiter;
}

describe("a limit in memory", () => {
  test("allows its count in a window, counts keys apart, and says where one stands", async () => {
    const limiter = limiterOf({ count: 3, seconds: 60 }, null);
    const seen = [];
    for (let call = 0; call < 5; call++) seen.push(await limiter.consume("a"));
    expect(seen.map(({ allowed, remaining }) => [allowed, remaining])).toEqual([
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
      [false, 0],
    ]);
    expect(seen[0]).toMatchObject({ policy: "test", limit: 3, windowSeconds: 60 });
    expect(seen[4]?.resetSeconds).toBeGreaterThan(0);
    expect((await limiter.consume("b")).allowed).toBe(true);
  });

  test("is none when off", () => {
    expect(createLimiter("test", "off", null)).toBeNull();
  });
});

describe.skipIf(isMissing)("a limit in Redis", () => {
  test("is shared by every instance", async () => {
    const { port } = await startRedis();
    const one = limiterOf({ count: 3, seconds: 60 }, await connected(port));
    const two = limiterOf({ count: 3, seconds: 60 }, await connected(port));
    const calls = [one, two, one, two].map((limiter) => limiter.consume("a"));
    const allowed = (await Promise.all(calls)).map((quota) => quota.allowed);
    expect(allowed.filter(Boolean)).toHaveLength(3);
  });

  test("goes on in memory while Redis is gone, and is shared again once it is back", async () => {
    const { port, stop } = await startRedis();
    const redis = await connected(port);
    const limiter = limiterOf({ count: 100, seconds: 60 }, redis);
    expect((await limiter.consume("a")).remaining).toBe(99);
    await stop();
    for (let call = 1; call <= 5; call++) expect((await limiter.consume("a")).allowed).toBe(true);
    await startRedis(port);
    await vi.waitFor(() => expect(redis.status).toBe("ready"), { timeout: 10_000 });
    const other = limiterOf({ count: 100, seconds: 60 }, await connected(port));
    await limiter.consume("b");
    expect((await other.consume("b")).remaining).toBe(98);
  });
});

async function startRedis(port?: number) {
  const directory = await mkdtemp(join(tmpdir(), "praxis-redis-"));
  const chosen = port ?? (await freePort());
  const settings = ["--port", String(chosen), "--bind", "127.0.0.1", "--save", "", "--dir", directory];
  const server = spawn(redisServer, settings, { stdio: "ignore" });
  const stop = () => ended(server);
  cleanups.push(async () => {
    await stop();
    await rm(directory, { recursive: true, force: true });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.once("spawn", resolve);
  });
  return { port: chosen, stop };
}

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    server.once("exit", () => resolve());
    server.kill("SIGKILL");
  });
}

async function connected(port: number): Promise<Redis> {
  const redis = connectRedis(`redis://127.0.0.1:${port}`);
  cleanups.push(() => redis.disconnect());
  await vi.waitFor(() => expect(redis.status).toBe("ready"), { timeout: 10_000 });
  return redis;
}
