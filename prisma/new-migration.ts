import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startScratchDatabase } from "@/lib/test/scratch-database";
import { diffSchemas, readSchema } from "@/prisma/diff";
import { migrationsDirectory } from "@/prisma/migrate";

/**
 * `npm run db:migration -- name`: writes the migration that leads from the schema of the last one (kept beside them in
 * schema.snapshot) to schema.prisma. `-- --init` rewrites the first migration instead, before a first release.
 */
const name = process.argv[2] ?? "";
const initial = name === "--init";
const directory = migrationsDirectory();
const snapshot = join(directory, "schema.snapshot");

if (!initial && !/^[a-z0-9_]+$/.test(name)) {
  fail("Name the migration in lower case with underscores: npm run db:migration -- add_alerts");
}
const schema = await readSchema();
const sql = await diff(initial ? undefined : await readFile(snapshot, "utf8"), schema);
if (sql.trim() === "-- This is an empty migration.") fail("schema.prisma has no change that needs a migration.");

const folder = initial ? "20261123000000_init" : `${timestamp()}_${name}`;
await mkdir(join(directory, folder), { recursive: true });
await writeFile(join(directory, folder, "migration.sql"), sql);
await writeFile(snapshot, schema);
process.stdout.write(`${sql}\nWritten to prisma/migrations/${folder}/migration.sql: read it, then commit it.\n`);

async function diff(from: string | undefined, to: string): Promise<string> {
  const database = await startScratchDatabase();
  try {
    const sql = await diffSchemas(database.url, from, to);
    // Every database has it, and this line would ask for a right that the service does not need.
    return sql.replace('-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n\n', "");
  } finally {
    await database.stop();
  }
}

function timestamp(): string {
  return new Date().toISOString().replace(/\D/g, "").slice(0, 14);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
