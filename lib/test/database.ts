import { afterAll, inject } from "vitest";
import { createDatabase, dropDatabase, uniqueName } from "@/lib/test/databases";

// Runs before each integration test file: its own migrated database, in place before the file's imports read the URL.
const { adminUrl, template } = inject("databaseServer");
const name = uniqueName("praxis_test");
process.env.DATABASE_URL = await createDatabase(adminUrl, name, template);

afterAll(async () => {
  const { pool } = await import("@/lib/db/pool");
  await pool.end();
  await dropDatabase(adminUrl, name);
});
