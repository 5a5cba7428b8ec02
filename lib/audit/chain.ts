import { createHash } from "node:crypto";

/**
 * The columns of audit_events that a row's hash covers, in order, each as SQL that writes it as text. The database's
 * append_audit_events says the same; a test proves that no column is left out.
 */
export const linkedColumns = {
  chain_id: "chain_id::text",
  sequence: "sequence::text",
  id: "id::text",
  occurred_at: "trunc(extract(epoch from occurred_at) * 1000)::text",
  organization_id: "organization_id::text",
  tenant_id: "tenant_id::text",
  actor_kind: "actor_kind::text",
  actor_id: "actor_id::text",
  actor_label: "actor_label",
  action: "action",
  target_kind: "target_kind",
  target_id: "target_id::text",
  target_label: "target_label",
  outcome: "outcome::text",
  reason: "reason",
  address: "address",
  user_agent: "user_agent",
  correlation_id: "correlation_id",
  details: "details::text",
} as const;

type LinkedColumn = keyof typeof linkedColumns;

/** A row of audit_events as a verifier reads it: text, but for its hash. */
export type LinkedRow = Record<LinkedColumn, string | null> & {
  chain_id: string;
  sequence: string;
  id: string;
  hash: Buffer;
};

/** What the first event of a chain is linked to. */
export const chainStart: Buffer = Buffer.alloc(32);

const columns = Object.keys(linkedColumns).filter((name): name is LinkedColumn => name in linkedColumns);

/** SHA-256 of the hash before and of each column as `octets:text`, or `:` for null. */
export function linkOf(previous: Buffer, row: Omit<LinkedRow, "hash">): Buffer {
  const content = columns.map((column) => {
    const text = row[column];
    return text === null ? ":" : `${Buffer.byteLength(text)}:${text}`;
  });
  return createHash("sha256").update(previous).update(content.join("")).digest();
}
