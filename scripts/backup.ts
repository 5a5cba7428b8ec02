import { resolve } from "node:path";
import { createBackup } from "@/lib/backup/create";
import { openEmbedded } from "@/lib/db/embedded-running";
import { env } from "@/lib/env";
import { fail, note } from "@/scripts/steps.mjs";

// `npm run backup -- FILE`: backs the embedded database up, with the secrets kept beside it. Works beside a running
// instance.

const [file, ...others] = process.argv.slice(2);
if (file === undefined || others.length > 0 || file.startsWith("-")) fail("npm run backup -- FILE.tar.gz");
if (env.DATABASE_URL !== undefined)
  fail("DATABASE_URL is set: back that PostgreSQL up with its own tools (pg_basebackup, pg_dump)");

const database = await openEmbedded(env.DATA_DIR);
try {
  const { holdsUntil } = await createBackup({ databaseUrl: database.url, dataDirectory: env.DATA_DIR }, resolve(file));
  process.stdout.write(`✓ ${file} holds everything acknowledged before ${holdsUntil}\n`);
  note("It holds the keys of this instance, too: keep it as you keep those");
  if (env.AUTH_SECRET !== undefined || env.AUDIT_SIGNING_KEY !== undefined)
    note("AUTH_SECRET and AUDIT_SIGNING_KEY from the environment are not in it: keep them with it");
} catch (error) {
  process.stderr.write(`✗ ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  await database.stop();
}
