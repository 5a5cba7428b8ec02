import { randomBytes } from "node:crypto";
import type { Origin, Principal } from "@/lib/access/principal";
import type { Prisma } from "@/lib/db/generated/client";
import type { ResourceChange } from "@/lib/resources/define";

/** What can be on record. */
export type AuditAction =
  | "token.created"
  | "token.updated"
  | "token.rotated"
  | "token.revoked"
  | "token.purged"
  | "token.expired"
  | "token.leak_reported"
  | "token.identified"
  | "token.used"
  | "policy.updated"
  | "webhook.created"
  | "webhook.updated"
  | "webhook.deleted"
  | "webhook.secret_rotated"
  | `${string}.${ResourceChange}`
  | "member.added"
  | "member.role_changed"
  | "member.disabled"
  | "member.enabled"
  | "member.removed"
  | "member.password_reset"
  | "organization.updated"
  | "password.changed"
  | "password.change_refused"
  | "session.started"
  | "session.refused";

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
 * One call, one insert, whatever the number of entries.
 */
export async function recordAudit(
  transaction: Prisma.TransactionClient,
  by: Where & { principal: Principal | SystemPrincipal; origin: Origin },
  entries: readonly AuditEntry[],
): Promise<void> {
  const rows = entries.map((entry) => auditRow({ ...by, actor: actorOf(by.principal) }, entry));
  await transaction.auditEvent.createMany({ data: rows });
}

export interface Actor {
  kind: "user" | "token" | "system" | "anonymous";
  id: string | null;
  label: string;
}

/** One row of the log. */
export function auditRow(
  by: Where & { actor: Actor; origin: Origin },
  entry: AuditEntry,
): Prisma.AuditEventCreateManyInput {
  return {
    organizationId: by.organizationId,
    tenantId: by.tenantId,
    actorKind: by.actor.kind,
    actorId: by.actor.id,
    actorLabel: by.actor.label,
    action: entry.action,
    targetKind: entry.target?.kind ?? null,
    targetId: entry.target?.id ?? null,
    targetLabel: entry.target?.label ?? null,
    outcome: entry.outcome ?? "success",
    reason: entry.reason ?? null,
    address: by.origin.address,
    userAgent: by.origin.userAgent,
    correlationId: by.origin.correlationId,
    details: entry.details ?? {},
  };
}

/** Where a system principal's acts come from: nowhere outside. Each job run has one correlation id. */
export function systemOrigin(path: string): Origin {
  return { correlationId: randomBytes(16).toString("hex"), method: "JOB", path, address: null, userAgent: null };
}

function actorOf(principal: Principal | SystemPrincipal): Actor {
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
