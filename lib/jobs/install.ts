import { runMigrations } from "graphile-worker";
import pg from "pg";
import { jobLogger } from "./logger";

/** Held while the tables of the job queue are made: creating a schema that another session creates is an error. */
const installLock = 72_707_370;

/** Brings the tables of the job queue up to date; any number of instances may call it at once. */
export async function installJobs(databaseUrl: string): Promise<void> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: "praxis-identity",
    connectionTimeoutMillis: 5000,
  });
  try {
    const lock = await pool.connect();
    try {
      await lock.query("select pg_advisory_lock($1)", [installLock]);
      await runMigrations({ pgPool: pool, logger: jobLogger });
    } finally {
      // Ends the session and the lock with it.
      lock.release(true);
    }
  } finally {
    await pool.end();
  }
}
