import { z } from "zod";
import type { AuditEventView } from "@/lib/audit/schema";
import { message } from "@/lib/text/message";
import type { Text } from "@/lib/text/text";

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
export function changesOf(details: Details, text: Text): Change[] {
  if (!("before" in details) && !("after" in details)) return [];
  const before = record.safeParse(details.before);
  const after = record.safeParse(details.after);
  if (!before.success && !after.success) return difference("value", details.before, details.after, text);
  const [old, current] = [before.data ?? {}, after.data ?? {}];
  return [...new Set([...Object.keys(old), ...Object.keys(current)])].flatMap((key) =>
    difference(key, old[key], current[key], text),
  );
}

function difference(key: string, before: Value, after: Value, text: Text): Change[] {
  const [old, current] = [itemsOf(before, text), itemsOf(after, text)];
  const change = {
    field: fieldLabel(key, text),
    removed: old.filter((item) => !current.includes(item)),
    added: current.filter((item) => !old.includes(item)),
  };
  return change.removed.length + change.added.length === 0 ? [] : [change];
}

function itemsOf(value: Value, text: Text): string[] {
  if (value === null || value === undefined || value === "") return [];
  return (Array.isArray(value) ? value : [value]).map((item) => valueText(item, text));
}

function valueText(value: Value, text: Text): string {
  if (typeof value === "boolean") return value ? text("yes") : text("no");
  return typeof value === "string" ? value : JSON.stringify(value);
}

const fieldLabels: Readonly<Record<string, string>> = {
  allowedCidrs: message("allowed addresses"),
  defaultLifetimeDays: message("default lifetime in days"),
  description: message("description"),
  enabled: message("enabled"),
  events: message("events"),
  expiresAt: message("expiry"),
  fullAccessAllowed: message("full access"),
  host: message("host"),
  idleRevocationDays: message("idle revocation in days"),
  maxLifetimeDays: message("maximum lifetime in days"),
  maxWorkingTokens: message("max working tokens"),
  name: message("name"),
  neverExpiresAllowed: message("tokens that never expire"),
  requiredCidrs: message("required addresses"),
  resources: message("resource limits"),
  scopes: message("scopes"),
  ssoRequired: message("single sign-on requirement"),
  tokensMayCreateTokens: message("tokens creating tokens"),
  url: message("address"),
  value: message("value"),
};

/** "allowed addresses" for `allowedCidrs`; the words of the key where no better ones are known. */
function fieldLabel(key: string, text: Text): string {
  return text.known(fieldLabels[key] ?? key.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase());
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
