import "server-only";
import pg from "pg";
import { Pulse } from "@/lib/db/pulse";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

/** PostgreSQL takes 100 connections by default; jobs and operators need some. */
const maxOfAllWorkers = 80;
/** Two lookups and two records of use at a time: what there is room for at least, and what is kept open. */
const fewestConnections = 4;
/**
 * A process that stalls or is cut off amid a transaction holds its locks; the database frees them after this long, before
 * those who wait for them give up.
 */
const abandonedMilliseconds = 1500;
const lockPatienceMilliseconds = 2000;

// server.ts and Next's bundle each load this module; both must share one pool.
const shared: typeof globalThis & { praxisPool?: pg.Pool } = globalThis;

/** Connects only when first used: server.ts sets DATABASE_URL once the embedded database is up. */
class LateClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, connectionString: databaseUrl() });
  }
}

/** The process's only pool of database connections. */
export const pool: pg.Pool = shared.praxisPool ?? createPool();
shared.praxisPool = pool;

function createPool(): pg.Pool {
  const pulse = new Pulse(() => ({ connectionString: databaseUrl(), application_name: "praxis-identity pulse" }));
  const created = new pg.Pool({
    Client: LateClient,
    application_name: "praxis-identity",
    max: Math.max(fewestConnections, Math.min(20, Math.floor(maxOfAllWorkers / env.WORKERS))),
    // A new connection plans everything anew: where there are few calls, none should meet one.
    min: fewestConnections,
    connectionTimeoutMillis: 5000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: abandonedMilliseconds,
    lock_timeout: lockPatienceMilliseconds,
    // One connection may be lost on the way without a word, while the others work.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    stream: pulse.stream,
  });
  pulse.watch(created);
  // Without a listener, a restart of the database would end the process.
  created.on("error", (error) => log.warn({ err: error }, "an idle database connection was lost"));
  return created;
}

function databaseUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set: start the service with `npm start`.");
  return url;
}
