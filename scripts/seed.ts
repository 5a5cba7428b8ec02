import { parseArgs } from "node:util";
import { db } from "@/lib/db/client";
import { openEmbedded } from "@/lib/db/embedded-running";
import { pool } from "@/lib/db/pool";
import { env } from "@/lib/env";
import { migrate } from "@/prisma/migrate";
import { seedIfEmpty } from "@/prisma/seed";
import { seedTokens } from "@/prisma/seed-tokens";
import { fail, step } from "@/scripts/steps.mjs";

// `npm run db:seed [-- --tokens 100000 [--tenant east]]`: the samples of a first start, and many tokens on request.
// Works beside a running instance.

const { values } = parseArgs({ options: { tokens: { type: "string" }, tenant: { type: "string", default: "east" } } });
const count = Number(values.tokens ?? 0);
if (!Number.isSafeInteger(count) || count < 0 || count > 10_000_000)
  fail("--tokens takes a whole number up to 10000000, as in: npm run db:seed -- --tokens 100000");

const given = env.DATABASE_URL;
const database = given === undefined ? await openEmbedded(env.DATA_DIR) : { url: given, stop: async () => undefined };
process.env.DATABASE_URL = database.url;
try {
  await migrate(database.url);
  const seeded = await seedIfEmpty({
    adminEmail: env.ADMIN_EMAIL,
    adminPassword: env.ADMIN_PASSWORD,
    sampleMembers: true,
  });
  process.stdout.write(
    seeded.created
      ? `Samples added. Sign in as ${env.ADMIN_EMAIL}, password ${seeded.passwordWasGenerated ? seeded.adminPassword : "as set"}\n`
      : "Samples: already there\n",
  );
  if (count > 0) await step(`${count} tokens in tenant ${values.tenant}`, () => addTokens(values.tenant));
} finally {
  await pool.end();
  await database.stop();
}

async function addTokens(name: string): Promise<string> {
  const tenant = await db.tenant.findFirst({ where: { name }, orderBy: { createdAt: "asc" }, select: { id: true } });
  if (!tenant) return fail(`There is no tenant named ${name}`);
  await seedTokens(tenant.id, count, (added) => process.stdout.write(`  ${added}\n`));
  return "added";
}
