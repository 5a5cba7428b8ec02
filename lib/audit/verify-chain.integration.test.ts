import { randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import type { ClientBase, PoolClient } from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { pool } from "@/lib/db/pool";
import { createPlace } from "@/lib/test/fixtures";
import { type LinkedRow, linkedColumns, linkOf } from "./chain";
import { type ChainEnd, verifyAudit, verifyChains } from "./verify-chain";

const tamperings = 1000;

function event(chain: string, index: number) {
  return {
    organization_id: index % 4 === 0 ? null : randomUUID(),
    tenant_id: chain,
    actor_kind: index % 2 === 0 ? "user" : "system",
    actor_id: index % 2 === 0 ? randomUUID() : null,
    actor_label: ["Ada", "Åsa 1:2", "", "12:"][index % 4],
    action: "pipeline.updated",
    target_kind: index % 3 === 0 ? null : "pipeline",
    target_id: index % 3 === 0 ? null : randomUUID(),
    target_label: index % 3 === 0 ? null : `nginx ${index}`,
    outcome: index % 5 === 0 ? "denied" : "success",
    reason: index % 5 === 0 ? "other" : null,
    address: index % 2 === 0 ? "203.0.113.7" : null,
    user_agent: index % 2 === 0 ? "curl/8 🚀" : null,
    correlation_id: index.toString(16).padStart(32, "0"),
    details: index % 3 === 0 ? {} : { index, before: { name: "é", list: [1.5, null, ":"] } },
  };
}

async function record(client: Pick<ClientBase, "query">, events: readonly object[]): Promise<void> {
  await client.query("select append_audit_events($1::jsonb)", [JSON.stringify(events)]);
}

describe("a tampered log", () => {
  const chains = [randomUUID(), randomUUID()].sort();
  const length = 9;
  let columns: { name: string; type: string; nullable: boolean }[];

  beforeAll(async () => {
    for (const chain of chains)
      for (let index = 0; index < length; index += 3)
        await record(
          pool,
          [0, 1, 2].map((more) => event(chain, index + more)),
        );
    const { rows } = await pool.query(
      `select column_name as name, udt_name as type, is_nullable = 'YES' as nullable
       from information_schema.columns where table_schema = 'public' and table_name = 'audit_events'`,
    );
    columns = rows;
  });

  test("no column is outside the link", () => {
    const linked = [...Object.keys(linkedColumns), "hash"];
    expect(columns.map(({ name }) => name).toSorted()).toEqual(linked.toSorted());
  });

  test(`is found in each of ${tamperings} random ways of tampering, with the first bad row named`, async () => {
    const client = await pool.connect();
    try {
      const { ends: heads } = await verifyAudit(client);
      expect(heads.map(({ sequence }) => sequence)).toEqual(chains.map(() => BigInt(length)));
      await client.query("begin");
      // A tamperer who owns the database stops at neither triggers nor constraints.
      await client.query(`alter table audit_events disable trigger user, drop constraint audit_events_pkey,
        drop constraint audit_events_hash_is_sha256`);
      await fc.assert(
        fc.asyncProperty(tamperingArbitrary(), async (tampering) => {
          await client.query("savepoint untouched");
          const firstBad = await tamper(client, tampering);
          const { faults } = await verifyChains(client, tampering.unseen ? heads : []);
          await client.query("rollback to untouched");
          expect(firstBad).toContain(faults.find(({ chainId }) => chainId === tampering.chain)?.sequence);
        }),
        { numRuns: tamperings },
      );
      expect((await verifyChains(client, heads)).faults).toEqual([]);
    } finally {
      await client.query("rollback");
      client.release();
    }
  }, 60_000);

  const place = fc.integer({ min: 1, max: length });
  const chainArbitrary = fc.constantFrom(...chains);

  function tamperingArbitrary() {
    const common = { chain: chainArbitrary, at: place };
    const seen = { ...common, unseen: fc.constant(false) };
    // What only a signed head can show.
    const unseen = { ...common, unseen: fc.constant(true) };
    return fc.oneof(
      { weight: 8, arbitrary: fc.record({ kind: fc.constant("edit"), ...seen, column: fc.nat(), to: fc.nat(2) }) },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant("delete"), ...seen, count: fc.integer({ min: 1, max: 4 }) }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("swap"), ...seen, with: place, hashes: fc.boolean() }) },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant("insert"), ...seen, as: fc.constantFrom("copy", "next") }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("move end"), ...seen }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("truncate"), ...unseen }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("rewrite"), ...unseen }) },
    );
  }
  type Tampering = ReturnType<typeof tamperingArbitrary> extends fc.Arbitrary<infer T> ? T : never;

  /** Does it, and returns the number of the first event that is not as it was: of the two, where the order is open. */
  async function tamper(client: PoolClient, tampering: Tampering): Promise<bigint[]> {
    const { chain, at } = tampering;
    const run = (sql: string, ...more: unknown[]) => client.query(sql, [chain, at, ...more]);
    const here = "chain_id = $1 and sequence = $2";
    if ("column" in tampering) return edit(client, tampering);
    if ("count" in tampering) {
      await run(
        "delete from audit_events where chain_id = $1 and sequence >= $2 and sequence < $2 + $3",
        tampering.count,
      );
      return [BigInt(at)];
    }
    if ("with" in tampering) {
      const other = tampering.with === at ? (at % length) + 1 : tampering.with;
      const swapped = columns.map(({ name }) => name).filter((name) => name !== "sequence" && name !== "chain_id");
      const taken = swapped.filter((name) => tampering.hashes || name !== "hash");
      await run(
        `update audit_events e set ${taken.map((name) => `${name} = o.${name}`).join(", ")} from audit_events o
         where e.chain_id = $1 and o.chain_id = $1 and (e.sequence, o.sequence) in (($2, $3), ($3, $2))`,
        other,
      );
      return [BigInt(Math.min(at, other))];
    }
    if ("as" in tampering) {
      const kept = columns.map(({ name }) => name).filter((name) => name !== "sequence" && name !== "id");
      if (tampering.as === "next")
        await run("update audit_events set sequence = sequence + 1 where chain_id = $1 and sequence > $2");
      await run(
        `insert into audit_events (id, sequence, ${kept.join(", ")})
         select gen_random_uuid(), sequence + $3, ${kept.join(", ")} from audit_events where ${here}`,
        tampering.as === "next" ? 1 : 0,
      );
      // Either of two rows that share a number may be read first.
      return tampering.as === "next" ? [BigInt(at + 1)] : [BigInt(at), BigInt(at + 1)];
    }
    if (tampering.kind === "move end") {
      await run("update audit_chains set sequence = $2 + 20 where id = $1");
      return [BigInt(length + 1)];
    }
    if (tampering.kind === "truncate") {
      await run("delete from audit_events where chain_id = $1 and sequence >= $2");
      await run(
        `update audit_chains set sequence = $2 - 1, hash = coalesce(
           (select hash from audit_events where chain_id = $1 and sequence = $2 - 1), hash) where id = $1`,
      );
      return [BigInt(at)];
    }
    await run(`update audit_events set actor_label = actor_label || '!' where ${here}`);
    await relink(client, chain);
    return [BigInt(length)];
  }

  /** Changes one column of one row to something else of its type. */
  async function edit(client: PoolClient, tampering: Extract<Tampering, { column: number }>): Promise<bigint[]> {
    const column = columns[tampering.column % columns.length];
    if (!column) throw new Error("no columns");
    const { name, type } = column;
    const values: Record<string, string[]> = {
      uuid: ["gen_random_uuid()"],
      text: [`coalesce(${name}, '') || 'x'`, `coalesce(nullif('', ${name}), 'y')`, `coalesce(${name}, '') || ' '`],
      timestamptz: [`${name} + interval '1 ms'`, `${name} - interval '1 year'`, "'infinity'"],
      int8: [`${name} + 1000`, `-${name}`, `${name} + 1000000000000`],
      bytea: [`'\\x${randomBytes(32).toString("hex")}'`, "''", `substring(${name} from 2)`],
      jsonb: [`${name} || '{"extra": null}'`, "'[]'", "'null'"],
      ActorKind: [`case ${name} when 'user' then 'token'::"ActorKind" else 'user' end`],
      AuditOutcome: [`case ${name} when 'denied' then 'success'::"AuditOutcome" else 'denied' end`],
    };
    const choices = values[type];
    if (!choices) throw new Error(`${name} is of a type that this test cannot change: ${type}`);
    const value = choices[tampering.to % choices.length];
    const toNull = column.nullable && tampering.to === 0;
    await client.query(
      `update audit_events set ${name} = ${toNull ? `case when ${name} is null then ${value} end` : value}
       where chain_id = $1 and sequence = $2`,
      [tampering.chain, tampering.at],
    );
    return [name === "sequence" && tampering.to === 1 ? 1n : BigInt(tampering.at)];
  }

  /** Hashes a chain anew from its start, its end too: what someone can do who knows how it is made. */
  async function relink(client: PoolClient, chain: string): Promise<void> {
    const texts = Object.entries(linkedColumns).map(([name, sql]) => `${sql} as ${name}`);
    const { rows } = await client.query<LinkedRow>(
      `select ${texts.join(", ")}, hash from audit_events e where chain_id = $1 order by e.sequence`,
      [chain],
    );
    let hash: Buffer = Buffer.alloc(32);
    for (const row of rows) {
      hash = linkOf(hash, row);
      await client.query("update audit_events set hash = $3 where chain_id = $1 and sequence = $2", [
        chain,
        row.sequence,
        hash,
      ]);
    }
    await client.query("update audit_chains set hash = $2 where id = $1", [chain, hash]);
    expect((await verifyChains(client)).faults).toEqual([]);
  }
});

test("an untouched log raises no alarm: 120 chains, eight connections that write to them, and verifiers beside", async () => {
  const chains = Array.from({ length: 120 }, () => randomUUID());
  const writes = 40;
  let written = 0;
  const write = async (writer: number) => {
    const client = await pool.connect();
    try {
      for (let turn = 0; turn < writes; turn++) {
        const first = (writer * 31 + turn * 7) % chains.length;
        // One chain, or several in an order of their own.
        const some = turn % 3 === 0 ? [chains[first]] : [chains[first], chains[(first * 13) % 120], chains[turn]];
        const events = Array.from({ length: 1 + (turn % 5) }, (_, index) =>
          event(some[index % some.length] ?? "", index),
        );
        await client.query("begin");
        await record(client, events);
        const undone = turn % 10 === 9;
        await client.query(undone ? "rollback" : "commit");
        if (!undone) written += events.length;
      }
    } finally {
      client.release();
    }
  };
  for (const chain of chains) await record(pool, [event(chain, 0)]);
  const before = await verify();
  const writers = Array.from({ length: 8 }, (_, writer) => write(writer));
  const meanwhile: Awaited<ReturnType<typeof verify>>[] = [];
  const verifying = (async () => {
    while (meanwhile.length < 5) meanwhile.push(await verify(before.ends));
  })();
  await Promise.all([...writers, verifying]);
  const after = await verify(before.ends);
  expect([before, ...meanwhile, after].map(({ faults }) => faults)).toEqual(Array(7).fill([]));
  expect(after.events - before.events).toBe(written);
  const { rows } = await pool.query(
    "select from audit_events where chain_id = any($1) group by chain_id having count(*) <> max(sequence)",
    [chains],
  );
  expect(rows).toEqual([]);
});

test("ten thousand events in one transaction are linked in their order, in time that grows with their number alone", async () => {
  const append = async (count: number) => {
    const { organizationId, tenantId } = await createPlace();
    const events = Array.from({ length: count }, (_, index) => ({
      ...event(tenantId, index),
      organization_id: organizationId,
    }));
    const start = performance.now();
    await record(pool, events);
    const milliseconds = performance.now() - start;
    const { rows } = await pool.query("select correlation_id from audit_events where chain_id = $1 order by sequence", [
      tenantId,
    ]);
    expect(rows.map((row) => row.correlation_id)).toEqual(events.map(({ correlation_id }) => correlation_id));
    return milliseconds;
  };
  await append(100);
  const thousand = Math.min(await append(1000), await append(1000));
  expect(await append(10_000)).toBeLessThan(40 * thousand);
});

async function verify(heads: readonly ChainEnd[] = []) {
  const client = await pool.connect();
  return verifyAudit(client, heads).finally(() => client.release());
}
