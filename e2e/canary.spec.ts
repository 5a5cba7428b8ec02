import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { db } from "@/lib/db/client";
import { createTokenRow } from "@/lib/test/fixtures";
import { generateSecret } from "@/lib/tokens/secret";
import { generateWebhookSecret } from "@/lib/webhooks/secret";
import { secretsIn, secretsInDatabase, secretsInLogs, storyPasswords } from "./support/canary";
import { expect, test, url } from "./support/story";

/**
 * After every story: whatever secrets and passwords they made, saw, typed and sent, none is left in plaintext anywhere.
 * The file runs last, by playwright.config.ts.
 */

const databaseUrl = process.env.DATABASE_URL ?? "";
const logs = process.env.PRAXIS_LOGS ?? "";
const mostExported = 10;

test.describe.configure({ mode: "serial" });

test("a secret would be found: as text, in JSON, as octets, in a job, in a log", async () => {
  const planted = [generateSecret("api"), generateSecret("personal"), generateWebhookSecret(), ...storyPasswords];
  await db.$executeRaw`create schema canary`;
  try {
    await db.$executeRaw`create table canary.planted (as_text text, as_json jsonb, as_octets bytea, as_list text[])`;
    for (const secret of planted)
      await db.$executeRaw`
        insert into canary.planted values
          (${`a ${secret} b`}, null, null, null), (null, ${JSON.stringify({ nested: [secret] })}::jsonb, null, null),
          (null, null, ${Buffer.from(`\0${secret}\xff`, "latin1")}, null), (null, null, null, ${[secret]})`;
    expect((await secretsInDatabase(databaseUrl)).filter((found) => found.startsWith("canary.planted"))).toHaveLength(
      4 * planted.length,
    );
  } finally {
    await db.$executeRaw`drop schema canary cascade`;
  }
  const directory = test.info().outputPath();
  await writeFile(join(directory, "planted.log"), planted.map((secret) => JSON.stringify({ secret })).join("\n"));
  expect(await secretsInLogs(directory)).toHaveLength(planted.length);
});

test("the database holds no secret", async () => {
  test.setTimeout(300_000);
  expect(await db.token.count()).toBeGreaterThan(0);
  expect(await secretsInDatabase(databaseUrl)).toEqual([]);
});

test("the log of no service holds a secret", async () => {
  expect(await secretsInLogs(logs)).toEqual([]);
});

test("audit exports and the document hold no secret", async () => {
  test.setTimeout(120_000);
  expect(secretsIn(await (await fetch(url("/openapi.json"))).text())).toEqual([]);
  const tenants = await db.$queryRaw<{ organizationId: string; tenantId: string }[]>`
    select e.organization_id as "organizationId", e.tenant_id as "tenantId" from audit_events e
    join organizations o on o.id = e.organization_id
    join tenants t on t.id = e.tenant_id
    -- Where a plan or a policy keeps programs out, there is nothing to export by one.
    where o.plan <> 'starter' and t.required_cidrs = '{}'
    group by e.organization_id, e.tenant_id order by count(*) desc limit ${mostExported}`;
  expect(tenants.length).toBeGreaterThan(0);
  for (const tenant of tenants) {
    const { secret } = await createTokenRow(tenant, { scopes: ["audit:read"] });
    for (const accept of ["text/csv", "application/x-ndjson"]) {
      const headers = { authorization: `Bearer ${secret}`, accept };
      const answer = await fetch(url("/identity/audit-events"), { headers });
      expect(answer.status).toBe(200);
      expect(secretsIn(await answer.text())).toEqual([]);
    }
  }
});
