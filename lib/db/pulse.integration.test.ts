import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { DatabaseSilent, Pulse } from "./pulse";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function poolAt(connectionString: string | undefined): pg.Pool {
  const config = { connectionString: connectionString ?? "" };
  const pulse = new Pulse(() => config);
  const pool = new pg.Pool({ ...config, stream: pulse.stream, max: 4 });
  pool.on("error", () => undefined);
  pulse.watch(pool);
  closers.push(() => pool.end());
  return pool;
}

test("one that works on something long is left to it", async () => {
  const pool = poolAt(process.env.DATABASE_URL);
  const { rows } = await pool.query<{ done: boolean }>("select pg_sleep(2.5) is not null as done");
  expect(rows).toEqual([{ done: true }]);
});

test("one that falls silent is told from that, at once for those who come later, until it answers again", async () => {
  const way = await startWay(process.env.DATABASE_URL);
  const pool = poolAt(way.url);
  await pool.query("select 1");
  way.isOpen = false;
  const waiting = [pool.query("select 1"), pool.query("select 2"), pool.query("select 3")];
  for (const outcome of await Promise.allSettled(waiting))
    expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(DatabaseSilent) });
  const accepted = way.accepted;
  for (let later = 0; later < 100; later++) await expect(pool.query("select 1")).rejects.toThrow(DatabaseSilent);
  // One looks for a sign of life; none of those who ask goes there.
  expect(way.accepted - accepted).toBeLessThan(5);
  way.isOpen = true;
  await expect
    .poll(
      () =>
        pool.query("select 1").then(
          ({ rowCount }) => rowCount,
          () => null,
        ),
      { timeout: 5000 },
    )
    .toBe(1);
});

/** A way to the database that takes every connection, and loses what comes while it is closed. */
async function startWay(databaseUrl: string | undefined) {
  const target = new URL(databaseUrl ?? "");
  const { hostname } = target;
  const port = Number(target.port);
  const way = { url: "", isOpen: true, accepted: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    way.accepted++;
    const far = connect(port, hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("error", () => undefined);
      from.on("data", (bytes) => way.isOpen && to.write(bytes));
      from.on("close", () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  target.port = String((server.address() as AddressInfo).port);
  way.url = target.href;
  return way;
}
