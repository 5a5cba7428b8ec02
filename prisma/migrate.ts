import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { givingWay } from "@/lib/db/give-way";

/** The advisory lock that Prisma's own tools take, so that they and we exclude each other. */
const migrationLock = 72_707_369;

const lockPatienceMilliseconds = 200;
const lockDeadlineMilliseconds = 120_000;

export type Migration = { name: string; sql: string; checksum: string };

/** Why the database cannot be brought up to date; the message is for the operator. */
export class MigrationError extends Error {
  override name = "MigrationError";
}

/**
 * Brings a database up to date with prisma/migrations and returns the names of the migrations applied. Each one is a
 * transaction, so that an interrupted start leaves nothing half done; any number of instances may call it at once.
 * Throws MigrationError, and whatever PostgreSQL says.
 */
export async function migrate(databaseUrl: string, directory = migrationsDirectory()): Promise<string[]> {
  const migrations = await readMigrations(directory);
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: "praxis-identity",
    connectionTimeoutMillis: 5000,
    // An instance that is cut off amid a migration must not hold up every other start.
    idle_in_transaction_session_timeout: 10_000,
  });
  await client.connect();
  try {
    const applied: string[] = [];
    for (;;) {
      const name = await givingWay(() => applyNext(client, migrations), lockDeadlineMilliseconds);
      if (name === undefined) break;
      applied.push(name);
    }
    await createPartitions(client);
    return applied;
  } finally {
    await client.end();
  }
}

/** A database that was down for months has no partition for today. */
async function createPartitions(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_proc WHERE proname = 'create_audit_partitions'");
  if (rowCount === 0) return;
  await client.query(`SET lock_timeout = ${lockPatienceMilliseconds}`);
  await givingWay(() => client.query("SELECT create_audit_partitions(now(), 3)"), lockDeadlineMilliseconds);
}

/** The migrations of a directory, oldest first. */
export async function readMigrations(directory = migrationsDirectory()): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.flatMap((entry) => (entry.isDirectory() ? entry.name : [])).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(directory, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

export function migrationsDirectory(): string {
  return join(import.meta.dirname, "migrations");
}

async function applyNext(client: pg.Client, migrations: Migration[]): Promise<string | undefined> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
    await client.query(createHistory);
    const done = await readHistory(client);
    const next = nextMigration(migrations, done);
    if (next !== undefined) {
      await client.query(`SET LOCAL lock_timeout = ${lockPatienceMilliseconds}`);
      await client.query(next.sql);
      await client.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
         VALUES (gen_random_uuid(), $1, $2, now(), clock_timestamp(), 1)`,
        [next.checksum, next.name],
      );
    }
    await client.query("COMMIT");
    return next?.name;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

type HistoryRow = { migration_name: string; checksum: string; finished: boolean };

async function readHistory(client: pg.Client): Promise<HistoryRow[]> {
  const { rows } = await client.query<HistoryRow>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
}

function nextMigration(migrations: Migration[], done: HistoryRow[]): Migration | undefined {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of done) {
    const migration = known.get(row.migration_name);
    if (!row.finished) throw new MigrationError(`Migration ${row.migration_name} failed half-way; repair it first.`);
    if (migration === undefined) {
      throw new MigrationError(
        `The database is newer than this version of Praxis Identity: it has migration ${row.migration_name}.`,
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new MigrationError(
        `Migration ${row.migration_name} was changed after it was applied. Restore prisma/migrations/${row.migration_name}/migration.sql and put the change into a new migration.`,
      );
    }
  }
  const applied = new Set(done.map((row) => row.migration_name));
  return migrations.find((migration) => !applied.has(migration.name));
}

/** Exactly the table of Prisma's migration engine, so that its tools can be used on the same database. */
const createHistory = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;
