import { createParser, createSerializer, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { type AuditFilter, auditFilterSchema } from "@/lib/audit/schema";

export const auditRanges = ["any", "hour", "day", "week", "month", "custom"] as const;
export type AuditRange = (typeof auditRanges)[number];

/** The part of the log that is shown, in the URL: read by the page and the download, written by the panel. */
export const auditParams = {
  action: valid("action"),
  outcome: parseAsStringLiteral(["success", "denied"]),
  actor: valid("actor"),
  target: valid("target"),
  address: valid("address"),
  correlationId: valid("correlationId"),
  /** Of an organization's log: a tenant, or `none`. Not `tenant`, which names the tenant whose settings are open. */
  place: valid("tenant"),
  range: parseAsStringLiteral(auditRanges).withDefault("any"),
  from: valid("from"),
  to: valid("to"),
  /** Whether uses of tokens are shown too, which are most of a busy log. */
  uses: parseAsBoolean.withDefault(false),
  cursor: parseAsString,
};

/** What leads to the whole log. */
export const noFilter = {
  ...{ action: null, outcome: null, actor: null, target: null, address: null, correlationId: null, place: null },
  ...{ range: null, from: null, to: null, cursor: null },
} as const;

/** Puts the part of the log into the query of a path. */
export const serializeAuditParams = createSerializer(auditParams);

export interface AuditState extends Record<Exclude<keyof typeof noFilter, "outcome" | "range">, string | null> {
  outcome: "success" | "denied" | null;
  range: AuditRange;
  uses: boolean;
}

const hourMs = 3_600_000;
const rangeMs = { hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs, month: 30 * 24 * hourMs } as const;

/** What the state of the URL asks of the log, at a time in milliseconds since the epoch. */
export function auditFilterOf(state: AuditState, nowMs: number): AuditFilter {
  const { range } = state;
  const since = range === "any" || range === "custom" ? null : new Date(nowMs - rangeMs[range]).toISOString();
  const named = {
    action: state.action,
    outcome: state.outcome,
    actor: state.actor,
    target: state.target,
    address: state.address,
    correlationId: state.correlationId,
    tenant: state.place,
    uses: hidesUses(state) ? ("exclude" as const) : null,
    from: range === "custom" ? state.from : since,
    to: range === "custom" ? state.to : null,
  };
  return auditFilterSchema.parse(Object.fromEntries(Object.entries(named).filter(([, value]) => value !== null)));
}

/** Whether the filters leave a choice about uses: an action or the id of one call says by itself what is shown. */
export function mayHideUses({ action, correlationId }: Pick<AuditState, "action" | "correlationId">): boolean {
  return action === null && correlationId === null;
}

/** Uses are left out unless they are asked for. */
export function hidesUses(state: Pick<AuditState, "uses" | "action" | "correlationId">): boolean {
  return mayHideUses(state) && !state.uses;
}

/** A filter as the API takes it; what the API would refuse counts as absent. */
function valid(name: keyof AuditFilter) {
  const schema = auditFilterSchema.shape[name];
  return createParser({
    parse: (value) => (schema.safeParse(value).success ? value : null),
    serialize: (value: string) => value,
  });
}
