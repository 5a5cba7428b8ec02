import { generateKeyPairSync, randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { beginHolding } from "@/lib/test/databases";
import { addAuditEvents, createPlace, type Place } from "@/lib/test/fixtures";
import { keepAuditPartitions } from "./retention";
import { verifyAudit, verifyChains } from "./verify-chain";

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** With months of their own, long before and after any other test's. */
const old = (month: number, day = 15) => new Date(Date.UTC(2020, month - 1, day));
const now = new Date();
const daysSince = (time: Date) => Math.floor((now.getTime() - time.getTime()) / dayMilliseconds);

let place: Place;
let other: Place;

/** The partitions of 2020 that there are. */
async function partitions(): Promise<string[]> {
  const { rows } = await pool.query(
    "select relname from pg_class where relispartition and relkind = 'r' and relname like 'audit_events_2020%' order by 1",
  );
  return rows.map(({ relname }) => relname);
}

async function verify() {
  const client = await pool.connect();
  return verifyAudit(client).finally(() => client.release());
}

const sequences = async ({ tenantId }: Place) =>
  (await db.auditEvent.findMany({ where: { chainId: tenantId }, orderBy: { sequence: "asc" } })).map(({ sequence }) =>
    Number(sequence),
  );

beforeAll(async () => {
  [place, other] = [await createPlace(), await createPlace()];
  for (const month of [1, 2, 3]) await pool.query("select create_audit_partitions($1, 0)", [old(month)]);
  for (const month of [1, 2, 3])
    await addAuditEvents(place, [{ occurred_at: old(month) }, { occurred_at: old(month, 20) }]);
  await addAuditEvents(other, [{ occurred_at: old(1) }]);
});

test("an event is in the partition of its month, and one of a month without a partition is not refused", async () => {
  await addAuditEvents(other, [{}, { occurred_at: "2200-01-01T00:00:00Z" }]);
  const { rows } = await pool.query(
    "select tableoid::regclass::text as partition from audit_events e where chain_id = $1 order by e.sequence",
    [other.tenantId],
  );
  const month = now.toISOString().slice(0, 7).replace("-", "_");
  expect(rows.map(({ partition }) => partition)).toEqual([
    "audit_events_2020_01",
    `audit_events_${month}`,
    "audit_events_default",
  ]);
});

test("the months to come have partitions before they come, with every index and fence, whoever makes them", async () => {
  const soon = new Date(Date.UTC(2190, 10, 30));
  const thrice = () => Promise.all([soon, soon, soon].map((time) => keepAuditPartitions(time, undefined)));
  // Who meets a lock of another test's gives up, and is tried again, as the job is.
  await vi.waitFor(thrice, 15_000);
  await addAuditEvents(other, [{ occurred_at: "2191-02-28T23:59:59.999Z" }]);
  const shape = async (table: string) => {
    const { rows } = await pool.query(
      `select (select count(*)::int from pg_index where indrelid = $1::regclass and indisvalid) as indexes,
         (select count(*)::int from pg_trigger where tgrelid = $1::regclass) as triggers,
         (select count(*)::int from pg_constraint where conrelid = $1::regclass and contype in ('p', 'c')) as constraints`,
      [table],
    );
    return rows[0];
  };
  const whole = await shape("audit_events");
  for (const month of ["2190_11", "2190_12", "2191_01", "2191_02"])
    expect(await shape(`audit_events_${month}`)).toEqual(whole);
  const { rows } = await pool.query("select count(*)::int from audit_events_2191_02");
  expect(rows).toEqual([{ count: 1 }]);
});

test("a month that is too old is dropped as a whole, and the rest verifies from where it ended", async () => {
  // What deletes row by row would meet these fences; nothing switches them off.
  const rowsOf = async (name: string) => (await pool.query("select to_regclass($1) as id", [name])).rows[0].id;
  await keepAuditPartitions(now, daysSince(old(2, 10)));
  expect(await partitions()).toEqual(["audit_events_2020_02", "audit_events_2020_03"]);
  expect(await rowsOf("audit_events_2020_01")).toBeNull();
  expect(await sequences(place)).toEqual([3, 4, 5, 6, 7]);
  const last = await db.auditEvent.findFirstOrThrow({ where: { chainId: place.tenantId, sequence: 7 } });
  expect(last).toMatchObject({
    ...{ action: "audit.dropped", actorKind: "system", actorLabel: "Audit retention", ...place },
    details: { before: "2020-02-01T00:00:00.000Z", lastSequence: 2, lastHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  expect((await verify()).faults).toEqual([]);

  await keepAuditPartitions(now, daysSince(old(2, 10)));
  expect(await sequences(place)).toEqual([3, 4, 5, 6, 7]);
});

test("one that a fault stopped before the drop is whole, and goes on where it was", async () => {
  const client = await pool.connect();
  try {
    await client.query(beginHolding);
    await client.query("lock table audit_events in access share mode");
    await expect(keepAuditPartitions(now, daysSince(old(3, 10)))).rejects.toThrow("lock timeout");
  } finally {
    await client.query("rollback");
    client.release();
  }
  expect(await partitions()).toEqual(["audit_events_2020_02", "audit_events_2020_03"]);
  expect((await verify()).faults).toEqual([]);
  await keepAuditPartitions(now, daysSince(old(3, 10)));
  expect(await partitions()).toEqual(["audit_events_2020_03"]);
  expect(await sequences(place)).toEqual([5, 6, 7, 8]);
  expect((await verify()).faults).toEqual([]);
});

test("a month of more chains than one transaction signs for is dropped, each of them signed for", async () => {
  const december = new Date(Date.UTC(2019, 11, 15));
  await pool.query("select create_audit_partitions($1, 0)", [december]);
  const chains = Array.from({ length: 1001 }, () => randomUUID());
  await addAuditEvents(
    place,
    chains.map((tenant_id) => ({ tenant_id, occurred_at: december })),
  );
  await keepAuditPartitions(now, daysSince(old(1, 10)));
  const { rows } = await pool.query("select to_regclass('audit_events_2019_12') as id");
  expect(rows).toEqual([{ id: null }]);
  expect(await db.auditCheckpoint.count({ where: { chainId: { in: chains } } })).toBe(1001);
  expect((await verify()).faults).toEqual([]);
});

test("a partition is not dropped without the checkpoints, nor when older events of a chain are elsewhere", async () => {
  const drop = (name: string) => pool.query("select drop_audit_partition($1::regclass)", [name]);
  await expect(drop("audit_events_2020_03")).rejects.toThrow(`the end of chain ${place.tenantId} in it is not kept`);
  const disordered = await createPlace();
  await addAuditEvents(disordered, [{ occurred_at: old(12) }, { occurred_at: old(3) }]);
  await expect(keepAuditPartitions(now, daysSince(old(4, 10)))).rejects.toThrow(
    `older events of chain ${disordered.tenantId} are elsewhere`,
  );
  expect(await partitions()).toEqual(["audit_events_2020_03"]);
});

test("tampering with what was dropped, with the checkpoint or with the first event kept is found", async () => {
  const chain = `chain_id = '${place.tenantId}'`;
  const first = 5n;
  const tampered = async (sql: string, act?: (client: PoolClient) => Promise<unknown>) => {
    const client = await pool.connect();
    try {
      await client.query("begin; alter table audit_events disable trigger user");
      await client.query("alter table audit_checkpoints disable trigger user");
      await client.query(sql);
      await act?.(client);
      return (await verifyChains(client)).faults.find(({ chainId }) => chainId === place.tenantId)?.sequence;
    } finally {
      await client.query("rollback");
      client.release();
    }
  };
  const lastCheckpoint = `${chain} and sequence = ${first - 1n}`;
  expect(await tampered("select")).toBeUndefined();
  expect(await tampered(`delete from audit_checkpoints where ${chain}`)).toBe(1n);
  expect(await tampered(`delete from audit_checkpoints where ${lastCheckpoint}`)).toBe(3n);
  for (const change of ["hash = sha256(hash)", "sequence = 6", "time = time + interval '1 ms'", "signature = 'AAAA'"])
    expect(await tampered(`update audit_checkpoints set ${change} where ${lastCheckpoint}`)).toBe(
      change.startsWith("sequence") ? 6n : first - 1n,
    );
  expect(await tampered(`update audit_checkpoints set chain_id = '${other.tenantId}' where ${lastCheckpoint}`)).toBe(
    3n,
  );
  expect(await tampered(`delete from audit_events where ${chain} and sequence = ${first}`)).toBe(first);
  expect(await tampered(`update audit_events set actor_label = 'x' where ${chain} and sequence = ${first}`)).toBe(
    first,
  );
  expect(await tampered(`delete from audit_events where ${chain}`)).toBe(first);
  expect(
    await tampered(`insert into audit_events select * from audit_events where false;
      insert into audit_events (id, occurred_at, chain_id, sequence, actor_kind, actor_label, action, outcome, correlation_id, hash)
      values (gen_random_uuid(), '2020-03-01Z', '${place.tenantId}', 4, 'system', 'x', 'x', 'success', 'x', sha256('x'))`),
  ).toBe(3n);
});

test("a signed head, which anyone may ask for, is no leave to drop what is before it", async () => {
  const { signHead } = await import("./head");
  const end = await db.auditEvent.findFirstOrThrow({ where: { chainId: place.tenantId, sequence: 6 } });
  const head = signHead({ chainId: place.tenantId, sequence: 6n, hash: Buffer.from(end.hash) });
  const client = await pool.connect();
  try {
    await client.query("begin; alter table audit_events disable trigger user");
    await client.query("insert into audit_checkpoints values ($1, 6, $2, $3, $4, $5)", [
      place.tenantId,
      end.hash,
      head.time,
      head.signature,
      head.keyId,
    ]);
    await client.query("delete from audit_events where chain_id = $1 and sequence <= 6", [place.tenantId]);
    const fault = (await verifyChains(client)).faults.find(({ chainId }) => chainId === place.tenantId);
    expect(fault?.problem).toBe("the checkpoint of event 6 is not the one that was signed");
  } finally {
    await client.query("rollback");
    client.release();
  }
});

test("checkpoints signed with a key that is not the one given are named", async () => {
  const client = await pool.connect();
  const { publicKey } = generateKeyPairSync("ed25519");
  const { faults } = await verifyAudit(client, [], [publicKey]).finally(() => client.release());
  expect(faults.find(({ chainId }) => chainId === place.tenantId)?.problem).toContain("signed with another key");
});
