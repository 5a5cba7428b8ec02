import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db, preparedDb } from "./client";
import { pool } from "./pool";

test("what is asked often is prepared where one plan serves all values, and planned for its values elsewhere", async () => {
  // One after the other, all on the connection that was used last.
  for (let time = 0; time < 25; time++) {
    await db.organization.findUnique({ where: { id: randomUUID() }, select: { id: true } });
    await preparedDb.tenant.findUnique({ where: { id: randomUUID() }, select: { id: true } });
  }
  const { rows } = await pool.query<{ statement: string }>("select statement from pg_prepared_statements");
  expect(rows).toEqual([{ statement: expect.stringContaining('"tenants"') }]);
});
