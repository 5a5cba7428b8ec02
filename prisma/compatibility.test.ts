import { describe, expect, test } from "vitest";
import { incompatibilities } from "./compatibility";
import { readMigrations } from "./migrate";

/** The last migration from before there were two releases to run side by side. */
const baseline = "20261123163000_token_list_indexes";

test("the release before works on with every migration since", async () => {
  const migrations = await readMigrations();
  expect(migrations.map(({ name }) => name)).toContain(baseline);
  const problems = migrations
    .filter(({ name }) => name > baseline)
    .flatMap(({ name, sql }) => incompatibilities(sql).map((problem) => `${name} ${problem}`));
  expect(problems).toEqual([]);
});

describe("a migration is refused that", () => {
  test.each([
    ['ALTER TABLE "tokens" DROP COLUMN "hint";', "drops"],
    ['DROP TABLE "tokens";', "drops"],
    ['ALTER TABLE "tokens" RENAME COLUMN "hint" TO "tail";', "renames"],
    ['ALTER TABLE "tokens" ALTER COLUMN "name" SET DATA TYPE VARCHAR(10);', "type of a column"],
    ['ALTER TABLE "tokens" ALTER COLUMN "name" TYPE VARCHAR(10);', "type of a column"],
    ['ALTER TABLE "tokens" ALTER COLUMN "resources" SET NOT NULL;', "requires a column"],
    ['ALTER TABLE "tokens" ADD COLUMN "a" TEXT,\nADD COLUMN "owner" TEXT NOT NULL;', "without a default"],
    ['ALTER TABLE "tokens" ADD COLUMN "a" TEXT NOT NULL,\nADD COLUMN "b" TEXT DEFAULT \'\';', "without a default"],
    ["ALTER TABLE tokens ADD CONSTRAINT named CHECK (name <> '');", "under a lock"],
    ['CREATE UNIQUE INDEX "x" ON "tokens"("name");', "forbids"],
    ['CREATE INDEX "x" ON "audit_events"("reason");', "waiting"],
    ["ALTER TYPE \"Role\" ADD VALUE 'auditor';", "cannot read"],
    ['UPDATE "tokens" SET "name" = \'\';', "changes rows"],
  ])("%s", (sql, problem) => {
    expect(incompatibilities(sql)).toEqual([expect.stringContaining(problem)]);
    expect(incompatibilities(`-- Compatible: the release before neither reads nor writes this.\n${sql}`)).toEqual([]);
    expect(incompatibilities(`-- Compatible: yes\n${sql}`)).not.toEqual([]);
  });
});

test.each([
  'ALTER TABLE "tokens" ADD COLUMN "note" TEXT;',
  'ALTER TABLE "tokens" ADD COLUMN "note" TEXT NOT NULL DEFAULT \'\', ADD COLUMN "other" INTEGER;',
  "ALTER TABLE tokens ADD CONSTRAINT named CHECK (name <> '') NOT VALID;",
  'CREATE TABLE "n" ("id" UUID NOT NULL); CREATE UNIQUE INDEX "x" ON "n"("id"); ALTER TABLE "n" ADD CONSTRAINT "f" CHECK (true);',
  "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM tokens; DROP TABLE x $$;",
  "-- DROP TABLE tokens;\nCREATE TYPE \"T\" AS ENUM ('DROP TABLE x');",
])("a migration may contain %s", (sql) => {
  expect(incompatibilities(sql)).toEqual([]);
});
