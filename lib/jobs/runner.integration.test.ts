import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { CronItem } from "graphile-worker";
import { afterEach, describe, expect, test, vi } from "vitest";
import { pool } from "@/lib/db/pool";
import { installJobs } from "./install";
import { type Jobs, startJobs } from "./runner";
import { schedule } from "./tasks";

const url = process.env.DATABASE_URL ?? "";
const started: Jobs[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map(({ stop }) => stop()));
  await pool.query("delete from graphile_worker._private_jobs");
});

describe("two runners on one database", () => {
  test("run each job once", async () => {
    const runs: string[] = [];
    const probe = async (payload: unknown) => {
      runs.push(JSON.stringify(payload));
    };
    await pool.query(
      "select graphile_worker.add_job('probe', json_build_object('n', n)) from generate_series(1, 40) n",
    );
    started.push(startJobs(url, { probe }, []), startJobs(url, { probe }, []));
    await vi.waitFor(async () => expect(await jobsLeft()).toBe(0), waiting);
    expect(runs).toHaveLength(40);
    expect(new Set(runs).size).toBe(40);
  });

  test("add each scheduled job once, also one that was missed while none ran", async () => {
    await pool.query(
      `insert into graphile_worker._private_known_crontabs (identifier, known_since)
       select identifier, now() - interval '1 day' from unnest($1::text[]) identifier`,
      [schedule.map(({ identifier }) => identifier)],
    );
    const runs: string[] = [];
    const tasks = Object.fromEntries(
      schedule.map(({ task }) => [
        task,
        async (payload: unknown) => {
          runs.push(`${task} ${Object(payload)._cron.ts}`);
        },
      ]),
    );
    started.push(startJobs(url, tasks, schedule), startJobs(url, tasks, schedule));
    await vi.waitFor(() => expect(new Set(runs.map((run) => run.split(" ")[0])).size).toBe(schedule.length), waiting);
    // A third that starts later finds nothing that was missed.
    started.push(startJobs(url, tasks, schedule));
    await vi.waitFor(async () => expect(await jobsLeft()).toBe(0), waiting);
    await Promise.all(started.splice(0).map(({ stop }) => stop()));
    expect(new Set(runs).size).toBe(runs.length);
  });
});

test("a runner whose connections are cut goes on, and so does the job that ran meanwhile", async () => {
  let runs = 0;
  const probe = async () => {
    runs += 1;
    if (runs === 1) await cutConnections();
  };
  started.push(startJobs(url, { probe }, []));
  await pool.query("select graphile_worker.add_job('probe')");
  await vi.waitFor(async () => expect([runs >= 1, await jobsLeft()]).toEqual([true, 0]), waiting);
  const before = runs;
  await cutConnections();
  await pool.query("select graphile_worker.add_job('probe')");
  await vi.waitFor(async () => expect([runs > before, await jobsLeft()]).toEqual([true, 0]), waiting);
});

test("a runner waits for a database that is away, when it starts and when jobs are due by the schedule", async () => {
  const connection = await breakable(url);
  connection.breakOff();
  let runs = 0;
  const probe = async () => {
    runs += 1;
  };
  const everyMinute: CronItem = {
    task: "probe",
    match: "* * * * *",
    identifier: "probe",
    options: { backfillPeriod: 60_000 },
  };
  await pool.query(
    "insert into graphile_worker._private_known_crontabs (identifier, known_since) values ('probe', now() - interval '1 day')",
  );
  started.push(startJobs(connection.url, { probe }, [everyMinute]));
  await vi.waitFor(() => expect(connection.refused()).toBeGreaterThan(1), waiting);
  expect(runs).toBe(0);
  connection.restore();
  await vi.waitFor(() => expect(runs).toBeGreaterThan(0), waiting);
  connection.breakOff();
  await pool.query("select graphile_worker.add_job('probe')");
  const before = runs;
  connection.restore();
  await vi.waitFor(() => expect(runs).toBeGreaterThan(before), waiting);
  await Promise.all(started.splice(0).map(({ stop }) => stop()));
  await connection.stop();
});

test("a job that fails is tried again later, and keeps no other from running", async () => {
  const runs: string[] = [];
  const tasks = {
    fails: async () => {
      runs.push("fails");
      throw new Error("refused");
    },
    works: async () => {
      runs.push("works");
    },
  };
  await pool.query("select graphile_worker.add_job('fails'), graphile_worker.add_job('works')");
  started.push(startJobs(url, tasks, []));
  await vi.waitFor(async () => {
    const { rows } = await pool.query("select attempts, last_error, run_at > now() as later from graphile_worker.jobs");
    expect(rows).toEqual([{ attempts: 1, last_error: "refused", later: true }]);
  }, waiting);
  expect(runs.sort()).toEqual(["fails", "works"]);
});

test("a stop waits for the job that runs", async () => {
  let begun = false;
  let ended = false;
  const slow = async () => {
    begun = true;
    await new Promise((resolve) => setTimeout(resolve, 300));
    ended = true;
  };
  await pool.query("select graphile_worker.add_job('slow')");
  const jobs = startJobs(url, { slow }, []);
  await vi.waitFor(() => expect(begun).toBe(true), waiting);
  await jobs.stop();
  expect([ended, await jobsLeft()]).toEqual([true, 0]);
});

test("its tables may be installed any number of times, also at once", async () => {
  await Promise.all([installJobs(url), installJobs(url), installJobs(url)]);
});

const waiting = { timeout: 15_000, interval: 50 };

/** A way to the database that can be broken off: then connections are cut, and new ones closed at once. */
async function breakable(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isBroken = false;
  let refused = 0;
  const server = createServer((client) => {
    if (isBroken) {
      refused += 1;
      client.destroy();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on("error", () => undefined).on("close", () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    refused: () => refused,
    breakOff: () => {
      isBroken = true;
      for (const socket of sockets) socket.destroy();
    },
    restore: () => {
      isBroken = false;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** As a restart of the database does. */
async function cutConnections(): Promise<void> {
  await pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'praxis-identity jobs'",
  );
}

async function jobsLeft(): Promise<number> {
  const { rows } = await pool.query<{ count: number }>("select count(*)::int as count from graphile_worker.jobs");
  return rows[0]?.count ?? -1;
}
