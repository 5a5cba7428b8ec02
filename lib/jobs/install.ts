import { runMigrations } from "graphile-worker";
import pg from "pg";
import { log } from "@/lib/log";
import { jobLogger } from "./logger";

/** Held while the tables of the job queue are made: creating a schema that another session creates is an error. */
const installLock = 72_707_370;

/** Brings the tables of the job queue up to date; any number of instances may call it at once. */
export async function installJobs(databaseUrl: string): Promise<void> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: "praxis-identity",
    connectionTimeoutMillis: 5000,
    // An instance that is cut off meanwhile must not hold up every other start.
    idle_in_transaction_session_timeout: 30_000,
  });
  try {
    const lock = await pool.connect();
    lock.on("error", (error) => log.warn({ err: error }, "the lock on the tables of the job queue was lost"));
    try {
      await lock.query("begin");
      await lock.query("select pg_advisory_xact_lock($1)", [installLock]);
      await runMigrations({ pgPool: pool, logger: jobLogger });
    } finally {
      // Ends the transaction and the lock with it.
      lock.release(true);
    }
  } finally {
    await pool.end();
  }
}
