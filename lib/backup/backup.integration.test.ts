import { generateKeyPairSync, randomUUID } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { signCheckpoint } from "@/lib/audit/checkpoint";
import { auditJson, auditRow } from "@/lib/audit/events";
import { auditSigningKeyFile } from "@/lib/audit/signing-key";
import { type EmbeddedDatabase, startEmbedded } from "@/lib/db/embedded";
import { openEmbedded } from "@/lib/db/embedded-running";
import { migrate } from "@/prisma/migrate";
import { createBackup } from "./create";
import type { BackupSummary } from "./format";
import { restoreBackup } from "./restore";

// Starts and syncs whole databases.
vi.setConfig({ testTimeout: 90_000 });

const writers = 4;
const scratch = mkdtempSync(join(tmpdir(), "praxis-backup-"));
// When we are root, the database's own user must be able to pass.
chmodSync(scratch, 0o711);
const origin = join(scratch, "origin");
const target = join(scratch, "target");
const file = join(scratch, "backup.tar.gz");
const quiet = { force: false, publicKeys: [], note: () => undefined };

let database: EmbeddedDatabase;
let summary: BackupSummary;
/** Changes that were acknowledged, with the moment at which each was. */
const acknowledged: { id: string; at: number }[] = [];

beforeAll(async () => {
  database = await startEmbedded(origin);
  await migrate(database.url);
  writeFileSync(join(origin, "auth-secret"), "a secret of the instance", { mode: 0o600 });
  await retireOneEvent(database.url);
  const stop = new AbortController();
  const writing = Array.from({ length: writers }, () => keepWriting(database.url, stop.signal));
  await until(() => acknowledged.length > 20);
  const before = acknowledged.length;
  summary = await createBackup({ databaseUrl: database.url, dataDirectory: origin }, file);
  expect(acknowledged.length).toBeGreaterThan(before);
  const after = acknowledged.length;
  await until(() => acknowledged.length > after);
  stop.abort();
  await Promise.all(writing);
}, 120_000);

afterAll(async () => {
  await database.stop();
  rmSync(scratch, { recursive: true, force: true });
});

describe("a backup made amid writes", () => {
  test("is for its owner's eyes, and leaves nothing behind in the database", async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(scratch).filter((name) => name.includes("partial"))).toEqual([]);
    expect(await rowsOf(database.url, "select slot_name from pg_replication_slots")).toEqual([]);
  });

  test("restores, in an empty place, all that was acknowledged until it was done, whole and verified", async () => {
    const { verification, replaced } = await restoreBackup(file, target, quiet);
    // The checkpoint of events dropped by age is held to the key that came with the backup.
    expect([verification.faults, replaced]).toEqual([[], []]);
    expect(readFileSync(join(target, "auth-secret"), "utf8")).toBe("a secret of the instance");
    const restored = await startEmbedded(target);
    try {
      const organizations = await rowsOf(restored.url, "select id from organizations");
      const known = new Set(organizations.map(({ id }) => id));
      const promised = acknowledged.filter(({ at }) => at < Date.parse(summary.holdsUntil));
      expect(promised.length).toBeGreaterThan(20);
      expect(promised.filter(({ id }) => !known.has(id))).toEqual([]);
      // No change without its audit row, nor the reverse.
      const audited = await rowsOf(restored.url, "select organization_id as id from audit_events");
      expect(audited.map(({ id }) => id).sort()).toEqual([...known].sort());
      // And it can be written to.
      await rowsOf(restored.url, `insert into organizations (id, name) values ('${randomUUID()}', 'new')`);
    } finally {
      await restored.stop();
    }
  });

  test("is not one of a new database, where there is none", async () => {
    await expect(openEmbedded(join(scratch, "nothing"))).rejects.toThrow("There is no database in DATA_DIR");
    expect(existsSync(join(scratch, "nothing"))).toBe(false);
  });

  test("does not overwrite a file", async () => {
    const source = { databaseUrl: database.url, dataDirectory: origin };
    await expect(createBackup(source, file)).rejects.toThrow("exists; name another file");
  });
});

describe("a restore", () => {
  test("is refused where an instance runs, even by force", async () => {
    await expect(restoreBackup(file, origin, { ...quiet, force: true })).rejects.toThrow("is in use by process");
  });

  test("is refused where anything is, unless forced; then all of it is kept aside", async () => {
    await expect(restoreBackup(file, target, quiet)).rejects.toThrow(
      "is not empty (audit-signing-key, auth-secret, postgres, postgres-pa",
    );

    const { replaced } = await restoreBackup(file, target, { ...quiet, force: true });
    expect(replaced.map((path) => path.replace(/.*\/|\.replaced-\d+$/g, "")).sort()).toEqual([
      ...["audit-signing-key", "auth-secret", "postgres", "postgres-password"],
    ]);
    expect(replaced.every((path) => existsSync(path))).toBe(true);
    const restored = await startEmbedded(target);
    expect(await rowsOf(restored.url, "select id from organizations where name = 'new'")).toEqual([]);
    await restored.stop();
  });

  test("of a backup that was cut off changes nothing", async () => {
    const cut = join(scratch, "cut.tar.gz");
    writeFileSync(cut, readFileSync(file));
    truncateSync(cut, Math.floor(statSync(cut).size * 0.9));
    const untouched = join(scratch, "untouched");
    await expect(restoreBackup(cut, untouched, quiet)).rejects.toThrow("is no whole backup");
    expect(readdirSync(untouched)).toEqual([]);
  });

  test("of a backup whose audit log was changed is refused", async () => {
    const forged = join(scratch, "forged.tar.gz");
    await rowsOf(database.url, "alter table audit_events disable trigger audit_events_append_only");
    await rowsOf(database.url, "update audit_events set actor_label = 'someone else' where sequence = 1");
    await createBackup({ databaseUrl: database.url, dataDirectory: origin }, forged);
    const refused = join(scratch, "refused");
    await expect(restoreBackup(forged, refused, quiet)).rejects.toThrow("not as they were recorded");
    expect(readdirSync(refused).filter((name) => name !== "postgres.log")).toEqual([]);
  });
});

/** Changes, each with its audit row in one transaction, until told to stop. */
async function keepWriting(url: string, stop: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  while (!stop.aborted) {
    const id = randomUUID();
    await client.query("begin");
    await client.query("insert into organizations (id, name) values ($1, 'written')", [id]);
    await client.query("select append_audit_events($1::jsonb)", [eventOf(id)]);
    await client.query("commit");
    acknowledged.push({ id, at: Date.now() });
  }
  await client.end();
}

/** What the retention leaves of an event: a checkpoint, signed by the instance's own key. */
async function retireOneEvent(url: string): Promise<void> {
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" });
  writeFileSync(join(origin, auditSigningKeyFile), pem, { mode: 0o600 });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("select append_audit_events($1::jsonb)", [eventOf(randomUUID())]);
  const { rows } = await client.query<{ chain_id: string; hash: Buffer }>("select chain_id, hash from audit_events");
  for (const { chain_id: chainId, hash } of rows) {
    const { time, signature, keyId } = signCheckpoint({ chainId, sequence: 1n, hash }, privateKey);
    const checkpoint = [chainId, hash, time, signature, keyId];
    await client.query("insert into audit_checkpoints values ($1, 1, $2, $3, $4, $5)", checkpoint);
  }
  await client.query("alter table audit_events disable trigger user");
  await client.query("delete from audit_events");
  await client.query("alter table audit_events enable trigger user");
  await client.end();
}

function eventOf(organizationId: string): string {
  const by = { organizationId, tenantId: null, actor: { kind: "system", id: null, label: "writer" } } as const;
  const from = { correlationId: "0".repeat(32), method: "", path: "", address: null, userAgent: null };
  return auditJson([auditRow({ ...by, origin: from }, { action: "organization.updated" })]);
}

async function rowsOf(url: string, sql: string): Promise<{ id: string }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ id: string }>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setImmediate(resolve));
}
