import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { restoreBackup } from "@/lib/backup/restore";
import { env } from "@/lib/env";
import { readPublicKey } from "@/scripts/public-key";
import { fail, note } from "@/scripts/steps.mjs";

// `npm run restore -- FILE [--force] [--public-key FILE]`: makes DATA_DIR what a backup holds. The service must be stopped.

const usage = `npm run restore -- FILE.tar.gz [options]
  --force             replace what DATA_DIR holds; it is kept beside it
  --public-key FILE   of a key (PEM) that signed checkpoints and is neither in the backup nor AUDIT_SIGNING_KEY`;
const { file, force, publicKeys } = readArguments();
if (env.DATABASE_URL !== undefined)
  fail("DATABASE_URL is set: restore that PostgreSQL with its own tools (pg_basebackup, pg_restore)");
try {
  const { summary, verification, replaced } = await restoreBackup(resolve(file), env.DATA_DIR, {
    force,
    publicKeys,
    note,
  });
  const { events, chains } = verification;
  process.stdout.write(`✓ ${env.DATA_DIR} is what ${file} holds: everything until ${summary.holdsUntil}\n`);
  process.stdout.write(`✓ ${events} audit events in ${chains} chains, all as they were recorded\n`);
  for (const path of replaced) note(`What was there before is in ${path}: delete it once it is not needed`);
  note("What was revoked after the backup works again: see docs/operations.md");
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: { force: { type: "boolean" }, "public-key": { type: "string", multiple: true } },
      allowPositionals: true,
    });
    const [given] = positionals;
    if (given === undefined || positionals.length > 1) return fail(usage);
    return { file: given, force: values.force ?? false, publicKeys: values["public-key"]?.map(readPublicKey) ?? [] };
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}
