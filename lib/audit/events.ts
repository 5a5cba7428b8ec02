import { randomBytes } from "node:crypto";
import type { Origin, Principal } from "@/lib/access/principal";
import type { Prisma } from "@/lib/db/generated/client";
import type { ResourceChange } from "@/lib/resources/define";
import type { ListedAction } from "./actions";

/** What can be on record. */
export type AuditAction = ListedAction | `${string}.${ResourceChange}`;

export interface AuditEntry {
  action: AuditAction;
  outcome?: "success" | "denied";
  target?: { kind: string; id: string; label: string };
  reason?: string;
  details?: Prisma.InputJsonObject;
}

interface Where {
  organizationId: string | null;
  tenantId: string | null;
}

/** The service itself, acting on its own: a job, or what a signed report sets off. */
export interface SystemPrincipal {
  kind: "system";
  /** What of it acts, for example "Idle revocation". */
  label: string;
}

/**
 * Puts events on record in the transaction of what they record: without the record, the change does not happen.
 * One call, one statement, whatever the number of entries. Make it the last of the transaction, and the only one: from
 * here to the commit, others who record in the same tenant wait, and nothing may be waited for while they do.
 */
export async function recordAudit(
  transaction: Prisma.TransactionClient,
  by: Where & { principal: Principal | SystemPrincipal; origin: Origin },
  entries: readonly AuditEntry[],
): Promise<void> {
  await appendAudit(
    transaction,
    entries.map((entry) => auditRow({ ...by, actor: actorOf(by.principal) }, entry)),
  );
}

/**
 * Puts what happened to a user's account on record in each organization they are a member of, for it concerns them all;
 * in none when they are in none. The rules of recordAudit hold.
 */
export async function recordAccountAudit(
  transaction: Prisma.TransactionClient,
  by: { userId: string | null; actor: Actor; origin: Origin },
  entry: AuditEntry,
): Promise<void> {
  // Asked for nobody, too: a sign-in to an account that does not exist takes as long as one to an account that does.
  const memberships = await transaction.membership.findMany({
    where: { userId: by.userId ?? nobody },
    distinct: ["organizationId"],
    select: { organizationId: true },
  });
  const places = memberships.length === 0 ? [{ organizationId: null }] : memberships;
  await appendAudit(
    transaction,
    places.map(({ organizationId }) => auditRow({ ...by, organizationId, tenantId: null }, entry)),
  );
}

const nobody = "00000000-0000-0000-0000-000000000000";

/** Puts rows of any number of tenants on record. The rules of recordAudit hold. */
export async function appendAudit(transaction: Prisma.TransactionClient, rows: readonly AuditRow[]): Promise<void> {
  if (rows.length > 0) await transaction.$executeRaw`select append_audit_events(${auditJson(rows)}::jsonb)`;
}

export interface Actor {
  kind: "user" | "token" | "system" | "anonymous";
  id: string | null;
  label: string;
}

/** A row of the log, by its columns; the database adds id, time and link. */
export type AuditRow = ReturnType<typeof auditRow>;

/** One row of the log, as append_audit_events takes it. */
export function auditRow(by: Where & { actor: Actor; origin: Origin }, entry: AuditEntry) {
  return {
    organization_id: by.organizationId,
    tenant_id: by.tenantId,
    actor_kind: by.actor.kind,
    actor_id: by.actor.id,
    actor_label: by.actor.label,
    action: entry.action,
    target_kind: entry.target?.kind ?? null,
    target_id: entry.target?.id ?? null,
    target_label: entry.target?.label ?? null,
    outcome: entry.outcome ?? "success",
    reason: entry.reason ?? null,
    address: by.origin.address,
    user_agent: by.origin.userAgent,
    correlation_id: by.origin.correlationId,
    details: entry.details ?? {},
  };
}

/** A value as JSON that PostgreSQL takes: it has no NUL and no half of a surrogate pair, whoever sent one. */
export function auditJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!/\\u(0000|d[89a-f])/.test(json)) return json;
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "string" ? part.toWellFormed().replaceAll("\0", "\ufffd") : part,
  );
}

/** Where a system principal's acts come from: nowhere outside. Each job run has one correlation id. */
export function systemOrigin(path: string): Origin {
  return { correlationId: randomBytes(16).toString("hex"), method: "JOB", path, address: null, userAgent: null };
}

/** Who a principal is in the log. */
export function actorOf(principal: Principal | SystemPrincipal): Actor {
  switch (principal.kind) {
    case "system":
      return { kind: "system", id: null, label: principal.label };
    case "session":
      return { kind: "user", id: principal.user.id, label: principal.user.name };
    case "apiToken":
    case "personalToken":
      return { kind: "token", id: principal.token.id, label: principal.token.hint };
  }
}
