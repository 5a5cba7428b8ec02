import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pool } from "@/lib/db/pool";
import { withDeadline } from "@/lib/deadline";

const deadlineMilliseconds = 1000;

/** Resolves when the database answers in time and has every migration of this version; throws otherwise. */
export async function requireReady(): Promise<void> {
  const entries = await readdir(join(process.cwd(), "prisma/migrations"), { withFileTypes: true });
  const wanted = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const { rows } = await withDeadline(
    pool.query<{ applied: number }>(
      "select count(*)::int as applied from _prisma_migrations where finished_at is not null and migration_name = any($1)",
      [wanted],
    ),
    deadlineMilliseconds,
  );
  if (rows[0]?.applied !== wanted.length) throw new Error("The database lacks migrations of this version");
}
