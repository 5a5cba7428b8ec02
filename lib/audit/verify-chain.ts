import { createPublicKey, type KeyObject } from "node:crypto";
import type { ClientBase } from "pg";
import { chainStart, type LinkedRow, linkedColumns, linkOf } from "./chain";
import { type Checkpoint, checkpointProblem } from "./checkpoint";
import { auditSigningKey } from "./signing-key";

/** Where a chain stands, or stood when a head of it was signed. */
export interface ChainEnd {
  chainId: string;
  sequence: bigint;
  hash: Buffer;
}

/** The first thing wrong with a chain. */
export interface ChainFault {
  chainId: string;
  /** The number of the first event that is not as it was recorded. */
  sequence: bigint;
  /** Of the row found there; null when there is none. */
  id: string | null;
  /** What differs. */
  problem: string;
}

export interface Verification {
  chains: number;
  events: number;
  /** Where the chains that are whole end. */
  ends: ChainEnd[];
  /** One for each chain that is not. */
  faults: ChainFault[];
}

const fetchedRows = 2000;

/**
 * Recomputes every chain of audit events from its start, in this process, and compares each with its end on record and
 * with earlier heads of it. Where its oldest events were dropped for their age, it starts from the checkpoint that was
 * then signed, by this instance unless other public keys are given. All of it is one snapshot, so that it may run beside
 * writers; memory stays flat.
 */
export async function verifyAudit(
  client: ClientBase,
  heads: readonly ChainEnd[] = [],
  publicKeys?: readonly KeyObject[],
): Promise<Verification> {
  await client.query("begin isolation level repeatable read read only");
  try {
    return await verifyChains(client, heads, publicKeys);
  } finally {
    await client.query("rollback");
  }
}

/** The same for what the open transaction sees. */
export async function verifyChains(
  client: ClientBase,
  heads: readonly ChainEnd[] = [],
  publicKeys?: readonly KeyObject[],
): Promise<Verification> {
  const { rows: ends } = await client.query<{ id: string; sequence: string; hash: Buffer }>(
    "select id::text, sequence::text, hash from audit_chains order by id",
  );
  const expected = new Map(
    ends.map(({ id, sequence, hash }) => [id, { chainId: id, sequence: BigInt(sequence), hash }] as const),
  );
  const signed = new Map<string, ChainEnd[]>();
  for (const head of heads) signed.set(head.chainId, [...(signed.get(head.chainId) ?? []), head]);
  const checkpoints = await readCheckpoints(client, publicKeys);
  const verification: Verification = { chains: 0, events: 0, ends: [], faults: [] };
  const check = (chainId: string) => {
    verification.chains++;
    return new ChainCheck(chainId, expected.get(chainId), signed.get(chainId) ?? [], checkpoints.get(chainId) ?? []);
  };
  const close = (chain: ChainCheck | undefined) => {
    const fault = chain?.finish();
    if (fault) verification.faults.push(fault);
    else if (chain) verification.ends.push(chain.end());
  };
  let chain: ChainCheck | undefined;
  for await (const row of linkedRows(client)) {
    verification.events++;
    if (chain?.chainId !== row.chain_id) {
      close(chain);
      chain = check(row.chain_id);
    }
    chain.add(row);
  }
  close(chain);
  const checked = new Set([...verification.ends, ...verification.faults].map(({ chainId }) => chainId));
  const withoutEvents = new Set(
    [...expected.keys(), ...signed.keys(), ...checkpoints.keys()].filter((id) => !checked.has(id)),
  );
  for (const chainId of withoutEvents) close(check(chainId));
  return verification;
}

interface JudgedCheckpoint extends ChainEnd {
  /** Why it proves nothing; null when it does. */
  problem: string | null;
}

/** By chain, in order. */
async function readCheckpoints(
  client: ClientBase,
  publicKeys?: readonly KeyObject[],
): Promise<Map<string, JudgedCheckpoint[]>> {
  const { rows } = await client.query<Omit<Checkpoint, "sequence"> & { sequence: string }>(
    `select chain_id::text as "chainId", sequence::text, hash, time, signature, key_id as "keyId"
     from audit_checkpoints checkpoint order by chain_id, checkpoint.sequence`,
  );
  const byChain = new Map<string, JudgedCheckpoint[]>();
  if (rows.length === 0) return byChain;
  const keys = publicKeys ?? [createPublicKey(auditSigningKey())];
  for (const row of rows) {
    const checkpoint = { ...row, sequence: BigInt(row.sequence) };
    const judged = { ...checkpoint, problem: checkpointProblem(checkpoint, keys) };
    const known = byChain.get(row.chainId);
    if (known) known.push(judged);
    else byChain.set(row.chainId, [judged]);
  }
  return byChain;
}

/** One chain, its rows given one by one. */
class ChainCheck {
  #sequence = 0n;
  #hash = chainStart;
  #fault: ChainFault | undefined;
  /** Up to here, the chain is what a signed head says. */
  #signed = 0n;
  readonly chainId: string;
  readonly #expectedEnd: ChainEnd | undefined;
  readonly #heads: readonly ChainEnd[];
  readonly #checkpoints: readonly ChainEnd[];
  #hasBegun = false;

  constructor(
    chainId: string,
    expectedEnd: ChainEnd | undefined,
    heads: readonly ChainEnd[],
    checkpoints: readonly JudgedCheckpoint[],
  ) {
    this.chainId = chainId;
    this.#expectedEnd = expectedEnd;
    const bad = checkpoints.find(({ problem }) => problem !== null);
    if (bad?.problem) this.#fault = this.#at(bad.sequence, null, bad.problem);
    this.#checkpoints = checkpoints;
    // What a checkpoint says holds as well while the events before it are still there.
    this.#heads = [...heads, ...checkpoints].toSorted((a, b) => (a.sequence < b.sequence ? -1 : 1));
  }

  add(row: LinkedRow): void {
    const found = BigInt(row.sequence);
    this.#begin(found);
    if (this.#fault) return;
    const next = this.#sequence + 1n;
    if (found !== next) {
      const problem =
        found > next
          ? `missing: the next event on record is number ${found}`
          : `not the next one: another event has number ${found}`;
      this.#fault = this.#at(next, row.id, problem);
      return;
    }
    const hash = linkOf(this.#hash, row);
    if (!hash.equals(row.hash)) {
      const problem = `changed: its columns and the event before it give hash ${short(hash)}, on record is ${short(row.hash)}`;
      this.#fault = this.#at(next, row.id, problem);
      return;
    }
    this.#sequence = next;
    this.#hash = hash;
    for (const head of this.#heads) if (head.sequence === next) this.#compare(head, row.id);
  }

  finish(): ChainFault | undefined {
    this.#begin(null);
    const beyond = this.#heads.find(({ sequence }) => sequence > this.#sequence);
    const end = this.#expectedEnd;
    const last = this.#sequence;
    if (!this.#fault && beyond) {
      const problem = `missing: a signed head says that there were ${beyond.sequence} events; the last on record is number ${last}`;
      this.#fault = this.#at(last + 1n, null, problem);
    }
    if (!this.#fault && (end?.sequence ?? 0n) !== last) {
      const problem = `the chain's end on record is ${end ? `number ${end.sequence}` : "missing"}; the last event on record is number ${last}`;
      const first = end && end.sequence < last ? end.sequence : last;
      this.#fault = this.#at(first + 1n, null, problem);
    }
    if (!this.#fault && end && !end.hash.equals(this.#hash)) {
      const problem = `the chain's end on record has hash ${short(end.hash)}; the last event has ${short(this.#hash)}`;
      this.#fault = this.#at(last, null, problem);
    }
    return this.#fault;
  }

  /** Where the chain ends, as far as it is whole. */
  end(): ChainEnd {
    return { chainId: this.chainId, sequence: this.#sequence, hash: this.#hash };
  }

  /** After the last checkpoint before the first event that there is. */
  #begin(first: bigint | null): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    const start = this.#checkpoints.findLast(({ sequence }) => first === null || sequence < first);
    if (!start) return;
    this.#sequence = start.sequence;
    this.#hash = start.hash;
    for (const head of this.#heads) if (head.sequence === start.sequence) this.#compare(head, null);
  }

  #compare(head: ChainEnd, id: string | null): void {
    if (head.hash.equals(this.#hash)) this.#signed = head.sequence;
    else {
      const problem = `rewritten: event ${head.sequence} has hash ${short(this.#hash)}, its signed head says ${short(head.hash)}; one of events ${this.#signed + 1n} to ${head.sequence} is not the one that was recorded`;
      this.#fault ??= this.#at(head.sequence, id, problem);
    }
  }

  #at(sequence: bigint, id: string | null, problem: string): ChainFault {
    return { chainId: this.chainId, sequence, id, problem };
  }
}

/** Every event, chain by chain in order, a few at a time. A cursor, because rows that share a number must all be seen. */
async function* linkedRows(client: ClientBase): AsyncGenerator<LinkedRow> {
  const columns = Object.entries(linkedColumns).map(([name, sql]) => `${sql} as ${name}`);
  await client.query(
    `declare linked_rows no scroll cursor for
     select ${columns.join(", ")}, hash from audit_events event order by event.chain_id, event.sequence`,
  );
  try {
    for (;;) {
      const { rows } = await client.query<LinkedRow>(`fetch ${fetchedRows} from linked_rows`);
      yield* rows;
      if (rows.length < fetchedRows) return;
    }
  } finally {
    await client.query("close linked_rows");
  }
}

function short(hash: Buffer): string {
  return `${hash.toString("hex").slice(0, 16)}…`;
}
