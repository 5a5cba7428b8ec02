import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, describe, expect, inject, test } from "vitest";
import { verifyAudit } from "@/lib/audit/verify-chain";
import { createDatabase, dropDatabase, query, uniqueName } from "@/lib/test/databases";
import { diffSchemas, readSchema } from "@/prisma/diff";
import { migrate, migrationsDirectory, readMigrations } from "@/prisma/migrate";

const { adminUrl } = inject("databaseServer");
const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanups.splice(0).reverse()) await cleanUp();
});

describe("migrations", () => {
  test("lead to schema.prisma, but for what the hand-written constraints add", async () => {
    const migrated = await emptyDatabase();
    await migrate(migrated);
    const declared = await emptyDatabase();
    await query(declared, await diffSchemas(declared, undefined, await readSchema()));

    const [actual, expected] = await Promise.all([catalogue(migrated), catalogue(declared)]);
    expect(expected.filter((line) => !actual.includes(line))).toEqual([]);
    expect(actual.filter((line) => !expected.includes(line))).toEqual([
      "constraint audit_events audit_events_hash_is_sha256 CHECK ((octet_length(hash) = 32))",
      `constraint tokens tokens_api_has_tenant CHECK (((kind = 'api'::"TokenKind") = ((tenant_id IS NOT NULL) AND (organization_id IS NOT NULL))))`,
      "constraint tokens tokens_hash_is_sha256 CHECK ((octet_length(hash) = 32))",
      "constraint tokens tokens_revoked_with_reason CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL)))",
      "constraint users users_email_lower_case CHECK ((email = lower(email)))",
      "function append_audit_events(jsonb)",
      "function append_audit_rows(audit_events[])",
      "function audit_event_id(timestamp with time zone,bigint)",
      "function audit_link(bytea,text)",
      "function audit_link_step(bytea,bytea,text)",
      "function audit_partition_ends(regclass)",
      "function create_audit_partitions(timestamp with time zone,integer)",
      "function drop_audit_partition(regclass)",
      "function record_token_uses(jsonb,jsonb,integer)",
      "function record_token_uses(uuid[],integer[],integer[],boolean[],text[],text[],text[],text[],uuid[],text[],uuid[],uuid[],text[],text[],text[],text[],text[],text[],integer)",
      "function refuse_audit_change()",
      "index CREATE INDEX articles_search_idx ON public.articles USING gin (to_tsvector('english'::regconfig, ((name || ' '::text) || body)))",
      "index CREATE INDEX audit_events_organization_without_uses_idx ON public.audit_events USING btree (organization_id, occurred_at, id) WHERE (action <> 'token.used'::text)",
      "index CREATE INDEX audit_events_tenant_without_uses_idx ON public.audit_events USING btree (tenant_id, occurred_at, id) WHERE (action <> 'token.used'::text)",
      "index CREATE INDEX tokens_search_idx ON public.tokens USING gin (tenant_id, name gin_trgm_ops, hint gin_trgm_ops, scopes)",
      "index CREATE INDEX tokens_superseded_idx ON public.tokens USING btree (tenant_id, superseded_at) WHERE (superseded_at IS NOT NULL)",
      "index CREATE UNIQUE INDEX memberships_organization_key ON public.memberships USING btree (user_id, organization_id) WHERE (tenant_id IS NULL)",
      "index CREATE UNIQUE INDEX memberships_tenant_key ON public.memberships USING btree (user_id, organization_id, tenant_id) WHERE (tenant_id IS NOT NULL)",
      "trigger CREATE TRIGGER audit_checkpoints_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()",
      "trigger CREATE TRIGGER audit_events_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()",
    ]);
  });

  test("the snapshot that the next migration starts from is schema.prisma", async () => {
    const snapshot = await readFile(join(migrationsDirectory(), "schema.snapshot"), "utf8");
    expect(await diffSchemas(adminUrl, snapshot, await readSchema())).toContain("-- This is an empty migration.");
  });

  test("are applied once, in order, and recorded as Prisma's engine does", async () => {
    const url = await emptyDatabase();
    const migrations = await readMigrations();
    expect(await migrate(url)).toEqual(migrations.map(({ name }) => name));
    expect(await migrate(url)).toEqual([]);
    const rows = await query(
      url,
      `SELECT migration_name AS name, checksum, applied_steps_count AS steps FROM _prisma_migrations
       WHERE finished_at >= started_at AND rolled_back_at IS NULL ORDER BY migration_name`,
    );
    expect(rows).toEqual(migrations.map(({ name, checksum }) => ({ name, checksum, steps: 1 })));
  });

  test("instances that start at once on one database share the work", async () => {
    const url = await emptyDatabase();
    const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(applied.flat().sort()).toEqual((await readMigrations()).map(({ name }) => name));
  });

  test("one that meets a lock gives way to the calls that come after it, and is applied once the lock is gone", async () => {
    const url = await emptyDatabase();
    await migrate(url);
    const newer = await copyOfMigrations();
    await mkdir(join(newer, "20991231000000_new"));
    await writeFile(
      join(newer, "20991231000000_new", "migration.sql"),
      "ALTER TABLE organizations ADD COLUMN motto text;",
    );
    const holder = new pg.Client(url);
    await holder.connect();
    await holder.query("BEGIN; LOCK TABLE organizations IN ROW EXCLUSIVE MODE");
    const migrated = migrate(url, newer);
    const waits = "SELECT FROM pg_locks WHERE NOT granted AND relation = 'organizations'::regclass";
    while ((await query(url, waits)).length === 0);
    // Behind the migration's wish, and answered although the holder still holds.
    await query(url, "SELECT id FROM organizations");
    expect(await query(url, "SELECT FROM _prisma_migrations WHERE migration_name = '20991231000000_new'")).toEqual([]);
    await holder.query("ROLLBACK");
    await holder.end();
    expect(await migrated).toEqual(["20991231000000_new"]);
  });

  test("one that was changed after it was applied is refused", async () => {
    const url = await emptyDatabase();
    await migrate(url);
    const changed = await copyOfMigrations();
    await appendFile(join(changed, "20261123000000_init", "migration.sql"), "-- changed\n");
    await expect(migrate(url, changed)).rejects.toThrow("20261123000000_init was changed after it was applied");
  });

  test("a database from a newer version is refused", async () => {
    const url = await emptyDatabase();
    await migrate(url);
    const older = await copyOfMigrations();
    await rm(join(older, "20261123000001_constraints"), { recursive: true });
    await expect(migrate(url, older)).rejects.toThrow("newer than this version");
  });

  test("one that fails leaves nothing behind and can be tried again", async () => {
    const url = await emptyDatabase();
    const broken = await copyOfMigrations();
    await appendFile(join(broken, "20261123000001_constraints", "migration.sql"), "SELECT 1/0;\n");
    await expect(migrate(url, broken)).rejects.toThrow("division by zero");
    const rest = (await readMigrations())
      .map(({ name }) => name)
      .filter((name) => name >= "20261123000001_constraints");
    expect(await migrate(url)).toEqual(rest);
  });
});

test("events from before they were chained are linked, each as it was, in the order of time", async () => {
  const url = await emptyDatabase();
  const older = await copyOfMigrations();
  for (const { name } of await readMigrations(older))
    if (name >= "20261123160000_audit_chain") await rm(join(older, name), { recursive: true });
  await migrate(url, older);
  const columns = "id, occurred_at, organization_id, tenant_id, actor_label, details";
  await query(
    url,
    `INSERT INTO audit_events (id, occurred_at, organization_id, tenant_id, actor_kind, actor_label, action, outcome,
       correlation_id, details)
     SELECT gen_random_uuid(), now() - n * interval '1.5 seconds', md5('o')::uuid,
       CASE WHEN n % 3 > 0 THEN md5((n % 3)::text)::uuid END, 'system', 'Größe ' || n, 'test', 'success', n::text, '{"b":1,"a":[1.50]}'
     FROM generate_series(1, 300) n`,
  );
  const before = await query(url, `SELECT ${columns} FROM audit_events ORDER BY id`);
  await migrate(url);
  expect(await query(url, `SELECT ${columns} FROM audit_events ORDER BY id`)).toEqual(before);
  const disordered = await query(
    url,
    `SELECT FROM audit_events a JOIN audit_events b USING (chain_id)
     WHERE a.sequence < b.sequence AND a.occurred_at > b.occurred_at`,
  );
  expect(disordered).toEqual([]);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { chains, events, faults } = await verifyAudit(client).finally(() => client.end());
  expect({ chains, events, faults }).toEqual({ chains: 3, events: 300, faults: [] });
});

describe("the database refuses", () => {
  test("any change of the audit log, and of each of its partitions", async () => {
    const url = await emptyDatabase();
    await migrate(url);
    await query(
      url,
      `SELECT append_audit_events('[{"actor_kind": "system", "actor_label": "system", "action": "test",
         "outcome": "success", "correlation_id": "x"}]')`,
    );
    const partitions = await query<{ name: string }>(
      url,
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'audit_events'::regclass",
    );
    const tables = ["audit_events", "audit_checkpoints", ...partitions.map(({ name }) => name)];
    expect(tables.length).toBeGreaterThan(6);
    for (const table of tables)
      for (const sql of [`UPDATE ${table} SET hash = ''`, `DELETE FROM ${table}`, `TRUNCATE ${table}`])
        await expect(query(url, sql)).rejects.toThrow(`${table} is append-only`);
  });
});

async function emptyDatabase(): Promise<string> {
  const name = uniqueName("praxis_migrate");
  cleanups.push(() => dropDatabase(adminUrl, name));
  return createDatabase(adminUrl, name);
}

async function copyOfMigrations(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "praxis-migrations-"));
  cleanups.push(() => rm(directory, { recursive: true }));
  await cp(migrationsDirectory(), directory, { recursive: true });
  return directory;
}

/** Everything about a database's tables that matters to the program, as sorted lines; partitions are like their whole. */
async function catalogue(url: string): Promise<string[]> {
  const rows = await query<{ line: string }>(
    url,
    `WITH partitions AS (SELECT oid, relname FROM pg_class WHERE relispartition)
     SELECT format('column %s.%s %s %s %s', table_name, column_name,
              CASE data_type WHEN 'USER-DEFINED' THEN udt_name WHEN 'ARRAY' THEN udt_name
                ELSE data_type || coalesce('(' || datetime_precision || ')', '') END,
              CASE is_nullable WHEN 'NO' THEN 'not null' ELSE 'null' END, coalesce(column_default, '-')) AS line
       FROM information_schema.columns WHERE table_schema = 'public'
         AND table_name NOT IN (SELECT relname FROM partitions)
     UNION ALL SELECT format('index %s', replace(indexdef, ' ON ONLY ', ' ON ')) FROM pg_indexes
       WHERE schemaname = 'public' AND tablename NOT IN (SELECT relname FROM partitions)
     UNION ALL SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
         AND conrelid NOT IN (SELECT oid FROM partitions)
     UNION ALL SELECT format('trigger %s', pg_get_triggerdef(oid)) FROM pg_trigger
       WHERE NOT tgisinternal AND tgrelid NOT IN (SELECT oid FROM partitions)
     UNION ALL SELECT format('function %s', oid::regprocedure) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
       AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
     UNION ALL SELECT format('enum %s %s', typname, (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder)
         FROM pg_enum WHERE enumtypid = pg_type.oid))
       FROM pg_type WHERE typtype = 'e' AND typnamespace = 'public'::regnamespace`,
  );
  return rows
    .map(({ line }) => line)
    .filter((line) => !line.includes("_prisma_migrations"))
    .sort();
}
