import cluster from "node:cluster";
import { join } from "node:path";
import { apiOperations } from "@/app/operations";
import { flushTokenUses } from "@/lib/audit/token-use";
import { firstRunBanner, readyBanner } from "@/lib/banner";
import { makeDataDirectory, startEmbedded } from "@/lib/db/embedded";
import { pool } from "@/lib/db/pool";
import { waitForDatabase } from "@/lib/db/wait";
import { env } from "@/lib/env";
import { installJobs } from "@/lib/jobs/install";
import { startJobs } from "@/lib/jobs/runner";
import { schedule, tasks } from "@/lib/jobs/tasks";
import { log } from "@/lib/log";
import { serveMetrics, startMeasuring } from "@/lib/metrics/exposition";
import { countForWorkers } from "@/lib/rate-limit/cluster";
import { limits } from "@/lib/rate-limit/limits";
import { readOrCreateSecret } from "@/lib/secret-file";
import { createService } from "@/lib/serve";
import { startWorkers } from "@/lib/workers";
import { migrate } from "@/prisma/migrate";
import { seedIfEmpty } from "@/prisma/seed";
import { fail, note, step } from "@/scripts/steps.mjs";

// Run by `npm start` and `npm run dev` once scripts/setup.mjs is done.

/** One Ctrl-C may arrive twice, from the terminal and through npm; a later one means: now. */
const sameSignalMs = 1000;

/** What to undo at the end, last first; `now` is for when there is no time. */
const closers: { close: () => Promise<unknown>; now?: () => void }[] = [];
let shutdownStarted: number | undefined;

const poolCloser = {
  close: async () => {
    await flushTokenUses();
    limits().close();
    await pool.end();
  },
};

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, shutDown);
// The launcher was killed: nothing would be left to stop us.
process.on("disconnect", shutDown);

await (cluster.isPrimary ? start() : work()).catch(async (error: unknown) => {
  // An error that a shutdown during the start brought about is of no interest.
  if (shutdownStarted !== undefined) return;
  await closeAll();
  fail(explain(error));
});

/** Does once what a service needs, then serves: here, or with workers of its own. */
async function start(): Promise<void> {
  const dev = process.env.NODE_ENV !== "production";
  const url = (env.AUTH_URL ?? localUrl()).replace(/\/$/, "");
  process.env.NEXTAUTH_URL = url;
  process.env.NEXTAUTH_SECRET = sessionSecret();
  const databaseUrl = await startDatabase();
  await step("Migrations", async () => {
    const applied = await migrate(databaseUrl);
    await installJobs(databaseUrl);
    return applied.length === 0 ? "up to date" : "applied";
  });
  const seeded = await seedIfEmpty({
    adminEmail: env.ADMIN_EMAIL,
    adminPassword: env.ADMIN_PASSWORD,
    // What is served by https is served to others: nobody there knows an account that was not made for them.
    sampleMembers: !url.startsWith("https:"),
  });
  // Said at once, whatever happens next: a generated password is shown only this time.
  if (seeded.created) process.stdout.write(firstRunBanner(url, env.ADMIN_EMAIL, seeded));
  if (env.DATABASE_URL !== undefined && env.AUDIT_SIGNING_KEY === undefined)
    note("AUDIT_SIGNING_KEY is not set: other instances sign the audit log with keys of their own");
  if (env.ACCESS_LOG === "off")
    note("ACCESS_LOG=off: no use of a token is recorded, and none is revoked for being idle");

  const jobs = startJobs(databaseUrl, tasks, schedule.filter(isOfUse));
  closers.push({ close: jobs.stop });
  if (env.METRICS_PORT !== undefined) startMeasuring();
  await step("Application", () => (dev || env.WORKERS === 1 ? serveHere(dev) : serveWithWorkers()));
  if (env.METRICS_PORT !== undefined) {
    const metrics = await serveMetrics(env.METRICS_PORT, env.METRICS_HOST);
    closers.push({ close: metrics.stop });
  }
  process.stdout.write(readyBanner(url, env.ADMIN_EMAIL));
}

/** What a worker does: the primary did all else. */
async function work(): Promise<void> {
  closers.push(poolCloser);
  if (env.METRICS_PORT !== undefined) startMeasuring();
  await serveHere(false);
}

/** Without records of uses, every token would seem idle. */
function isOfUse({ task }: { task: string }): boolean {
  return env.ACCESS_LOG !== "off" || task !== "revoke-idle-tokens";
}

async function serveHere(dev: boolean): Promise<void> {
  const service = createService(apiOperations, dev);
  closers.push({ close: service.end });
  await service.prepare();
  await service.listen();
  closers.push({ close: service.drain });
}

async function serveWithWorkers(): Promise<void> {
  if (env.REDIS_URL === undefined) countForWorkers();
  const workers = startWorkers(env.WORKERS);
  closers.push({ close: workers.stop, now: workers.kill });
  await workers.ready;
}

function localUrl(): string {
  const host = { "0.0.0.0": "127.0.0.1", "::": "[::1]" }[env.HOST] ?? env.HOST;
  return `http://${/^[^[].*:/.test(host) ? `[${host}]` : host}:${env.PORT}`;
}

function sessionSecret(): string {
  if (env.AUTH_SECRET !== undefined) return env.AUTH_SECRET;
  if (env.DATABASE_URL !== undefined) note("AUTH_SECRET is not set: other instances will not know this one's sessions");
  makeDataDirectory(env.DATA_DIR);
  return readOrCreateSecret(join(env.DATA_DIR, "auth-secret"));
}

async function startDatabase(): Promise<string> {
  const given = env.DATABASE_URL;
  if (given !== undefined) {
    await step("Database", () => waitForDatabase(given, (where) => note(`Waiting for the database at ${where}`)));
    closers.push(poolCloser);
    return given;
  }
  const starting = startEmbedded(env.DATA_DIR, {
    note,
    onLost: (error) => log.fatal({ err: error }, "the database was lost and could not be started: it is tried again"),
  });
  // Known from here on, so that a signal during its start stops it too.
  closers.push({
    close: () => starting.then((database) => database.stop(), ignore),
    now: () => void starting.then((database) => database.abandon(), ignore),
  });
  closers.push(poolCloser);
  const database = await step("Database", () => starting);
  process.env.DATABASE_URL = database.url;
  return database.url;
}

/** For a failure that is reported elsewhere. */
function ignore(): void {}

async function closeAll(): Promise<void> {
  for (let last = closers.at(-1); last !== undefined; last = closers.at(-1)) {
    await last.close().catch((error: unknown) => log.error({ err: error }, "an orderly end was not possible"));
    closers.splice(closers.indexOf(last), 1);
  }
}

function shutDown(): void {
  if (shutdownStarted !== undefined) {
    if (Date.now() - shutdownStarted < sameSignalMs) return;
    for (const { now } of closers) now?.();
    // Whatever `now` began without waiting has been begun by then.
    setImmediate(() => process.exit(1));
    return;
  }
  shutdownStarted = Date.now();
  if (cluster.isPrimary) note("Stopping: requests in flight may finish");
  void closeAll().then(() => process.exit(0));
}

/** Faults of the surroundings need no stack; ours do. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === "Error" || error.name === "TypeError" ? (error.stack ?? error.message) : error.message;
}
