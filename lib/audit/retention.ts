import { db } from "@/lib/db/client";
import { signCheckpoint } from "./checkpoint";
import { appendAudit, auditRow, systemOrigin } from "./events";

const monthsAhead = 3;
const dayMilliseconds = 24 * 60 * 60 * 1000;
/** Whoever reads or writes events waits meanwhile; after this long the job gives up, and is tried again. */
const lockPatience = "300ms";
/** A checkpoint for each of very many tenants, some in each transaction. */
const chainsAtOnce = 1000;
const timeoutMilliseconds = 60_000;

/**
 * Makes the partitions of the months to come, and drops those whose events are all older than the days given, if any
 * are. A whole month is one table, so this takes as long for few events as for many.
 */
export async function keepAuditPartitions(now: Date, retentionDays: number | undefined): Promise<void> {
  await db.$transaction([
    db.$executeRaw`select set_config('lock_timeout', ${lockPatience}, true)`,
    db.$executeRaw`select create_audit_partitions(${now}, ${monthsAhead}::int)`,
  ]);
  if (retentionDays === undefined) return;
  const cutoff = new Date(now.getTime() - retentionDays * dayMilliseconds);
  // The oldest first: what is left of a chain must be one piece.
  for (const partition of await partitionsBefore(cutoff)) {
    await keepCheckpoints(partition);
    await db.$transaction([
      db.$executeRaw`select set_config('lock_timeout', ${lockPatience}, true)`,
      db.$executeRaw`select drop_audit_partition(${partition.name}::regclass)`,
    ]);
  }
}

interface Partition {
  name: string;
  /** Where its month ends. */
  end: Date;
}

function partitionsBefore(cutoff: Date): Promise<Partition[]> {
  return db.$queryRaw<Partition[]>`
    select name, "end" from (
      select relname::text as name,
        (to_date(right(relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC' as "end"
      from pg_inherits join pg_class on pg_class.oid = inhrelid
      where inhparent = 'audit_events'::regclass and relname ~ '^audit_events_[0-9]{4}_[0-9]{2}$') months
    where "end" <= ${cutoff} order by name`;
}

interface PartitionEnd {
  chainId: string;
  sequence: bigint;
  hash: Uint8Array;
  organizationId: string | null;
  tenantId: string | null;
  /** Whether an earlier event of the chain is in another partition: its clock went backwards. */
  isDisordered: boolean;
}

/** Each chain then says itself what it no longer holds. Done again after a fault, it does what is left. */
async function keepCheckpoints({ name, end }: Partition): Promise<void> {
  const ends = await db.$queryRaw<PartitionEnd[]>`
    select last.chain_id as "chainId", last.sequence, last.hash, last.organization_id as "organizationId",
      last.tenant_id as "tenantId",
      exists (select from audit_events other where other.chain_id = last.chain_id
        and other.sequence < last.sequence and other.tableoid <> ${name}::regclass) as "isDisordered"
    from audit_partition_ends(${name}::regclass) last
    where not exists (
      select from audit_checkpoints kept where (kept.chain_id, kept.sequence) = (last.chain_id, last.sequence))`;
  const disordered = ends.find(({ isDisordered }) => isDisordered);
  if (disordered) throw new Error(`${name} is kept: older events of chain ${disordered.chainId} are elsewhere`);
  for (let from = 0; from < ends.length; from += chainsAtOnce)
    await checkpoint(ends.slice(from, from + chainsAtOnce), end);
}

async function checkpoint(ends: readonly PartitionEnd[], before: Date): Promise<void> {
  // Before the transaction: one that is left alone meanwhile is ended.
  const checkpoints = ends.map(({ chainId, sequence, hash }) => {
    const signed = signCheckpoint({ chainId, sequence, hash: Buffer.from(hash) });
    return { ...signed, hash: new Uint8Array(signed.hash) };
  });
  const origin = systemOrigin("keep-audit-partitions");
  const actor = { kind: "system", id: null, label: "Audit retention" } as const;
  const dropped = ends.map(({ organizationId, tenantId, sequence, hash }) =>
    auditRow(
      { organizationId, tenantId, origin, actor },
      {
        action: "audit.dropped",
        details: {
          before: before.toISOString(),
          lastSequence: Number(sequence),
          lastHash: Buffer.from(hash).toString("hex"),
        },
      },
    ),
  );
  await db.$transaction(
    async (transaction) => {
      await transaction.auditCheckpoint.createMany({ data: checkpoints });
      await appendAudit(transaction, dropped);
    },
    { timeout: timeoutMilliseconds },
  );
}
