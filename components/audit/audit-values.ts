import { z } from "zod";
import type { AuditEventView } from "@/lib/audit/schema";

type Details = AuditEventView["details"];
type Value = Details[string] | undefined;

/** One thing that an event changed: what it no longer holds, and what it does now. */
export interface Change {
  field: string;
  removed: readonly string[];
  added: readonly string[];
}

const record = z.record(z.string(), z.json());

/** What an event changed, field by field, from the `before` and `after` of its details; empty where it has none. */
export function changesOf(details: Details): Change[] {
  if (!("before" in details) && !("after" in details)) return [];
  const before = record.safeParse(details.before);
  const after = record.safeParse(details.after);
  if (!before.success && !after.success) return difference("value", details.before, details.after);
  const [old, current] = [before.data ?? {}, after.data ?? {}];
  return [...new Set([...Object.keys(old), ...Object.keys(current)])].flatMap((key) =>
    difference(key, old[key], current[key]),
  );
}

function difference(key: string, before: Value, after: Value): Change[] {
  const [old, current] = [itemsOf(before), itemsOf(after)];
  const change = {
    field: fieldLabel(key),
    removed: old.filter((item) => !current.includes(item)),
    added: current.filter((item) => !old.includes(item)),
  };
  return change.removed.length + change.added.length === 0 ? [] : [change];
}

function itemsOf(value: Value): string[] {
  if (value === null || value === undefined || value === "") return [];
  return Array.isArray(value) ? value.map(valueText) : [valueText(value)];
}

function valueText(value: Value): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : JSON.stringify(value);
}

const fieldLabels: Readonly<Record<string, string>> = {
  allowedCidrs: "allowed addresses",
  defaultLifetimeDays: "default lifetime in days",
  expiresAt: "expiry",
  fullAccessAllowed: "full access",
  idleRevocationDays: "idle revocation in days",
  maxLifetimeDays: "maximum lifetime in days",
  neverExpiresAllowed: "tokens that never expire",
  requiredCidrs: "required addresses",
  resources: "resource limits",
  tokensMayCreateTokens: "tokens creating tokens",
  url: "address",
};

/** "allowed addresses" for `allowedCidrs`; the words of the key where no better ones are known. */
export function fieldLabel(key: string): string {
  return fieldLabels[key] ?? key.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}

/** The text under a key of the details; undefined where there is none. */
export function textOf(details: Details, key: string): string | undefined {
  const value = details[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The number under a key of the details; undefined where there is none. */
export function numberOf(details: Details, key: string): number | undefined {
  const value = details[key];
  return typeof value === "number" ? value : undefined;
}
