import { expect, test } from "vitest";
import * as verify from "@/app/identity/verify/route";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { call } from "@/lib/test/calls";
import { createPlace, createTokenRow } from "@/lib/test/fixtures";
import { watchStatements } from "@/lib/test/statements";

test("a verification reads no table as a whole, however many tokens, users and memberships there are", async () => {
  const place = await createPlace();
  const { organizationId, tenantId } = place;
  await db.$executeRaw`
    with added as (
      insert into users (id, email, name)
      select gen_random_uuid(), n || '@example.com', n::text from generate_series(1, 5000) n returning id)
    insert into memberships (id, user_id, organization_id, role)
    select gen_random_uuid(), id, ${organizationId}::uuid, 'viewer' from added`;
  await db.$executeRaw`
    insert into tokens (id, kind, organization_id, tenant_id, name, hint, hash, created_by_id)
    select gen_random_uuid(), 'api', ${organizationId}::uuid, ${tenantId}::uuid, 'one of many', 'pxt_…',
      sha256(user_id::text::bytea), user_id
    from memberships`;
  await db.$executeRaw`analyze users, memberships, tokens`;
  const { secret } = await createTokenRow(place, { scopes: ["pipeline:read"] });

  const watch = await watchStatements();
  const { result, statements } = await watch.during(() =>
    call(verify.GET, "/identity/verify?scope=pipeline:read", { token: secret }),
  );
  expect(result.status).toBe(200);
  const lookup = statements.find(({ text }) => text.includes("from tokens t"));
  const { rows } = await pool.query(`explain ${lookup?.text}`, [...(lookup?.values ?? [])]);
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  expect(plan).toContain("tokens_hash_key");
  // PostgreSQL may well read the few organizations there are.
  expect(plan).not.toMatch(/Seq Scan on (?:tokens|users|memberships)/);
});
