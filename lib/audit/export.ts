import { stringify } from "csv-stringify/sync";
import type { AuditEventView } from "./schema";

/** Formats of an export, by the media type that asks for them: what stands first, and what a page of events becomes. */
export const exportFormats = {
  /** One event a line, each a JSON object. */
  "application/x-ndjson": {
    heading: () => "",
    lines: (events: readonly AuditEventView[]) => events.map((event) => `${JSON.stringify(event)}\n`).join(""),
  },
  /** RFC 4180. Cells that a spreadsheet would run as formulas are escaped (OWASP CSV Injection). */
  "text/csv": { heading: () => csv([columns]), lines: (events: readonly AuditEventView[]) => csv(events.map(cells)) },
} as const;
export type ExportFormat = keyof typeof exportFormats;

/** The export format an Accept header asks for (RFC 9110 §12.5.1); null for the list as JSON. */
export function exportFormatOf(accept: string | null): ExportFormat | null {
  const types = (accept ?? "").split(",").map((type) => type.split(";")[0]?.trim().toLowerCase());
  return types.includes("application/x-ndjson")
    ? "application/x-ndjson"
    : types.includes("text/csv")
      ? "text/csv"
      : null;
}

// A line break alone is no record delimiter here, but readers take it for one outside quotes.
const options = { record_delimiter: "\r\n", quoted_match: /[\r\n]/ } as const;

function csv(records: readonly (readonly (string | null)[])[]): string {
  return stringify([...records], options);
}

/** What a spreadsheet takes for a formula, also in full width and behind white space. */
const formula = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/;

/** The text, never a formula: an apostrophe before it makes it text to spreadsheets. */
function asText(cell: string | null): string | null {
  return cell !== null && formula.test(cell) ? `'${cell}` : cell;
}

const columns = [
  "occurredAt",
  ...["actorKind", "actorId", "actorLabel", "action", "targetKind", "targetId", "targetLabel"],
  ...["outcome", "reason", "address", "userAgent", "correlationId", "details", "id", "tenantId"],
];

function cells(event: AuditEventView): (string | null)[] {
  const { actor, target } = event;
  return [
    event.occurredAt,
    ...[actor.kind, actor.id, actor.label],
    event.action,
    ...[target?.kind ?? null, target?.id ?? null, target?.label ?? null],
    ...[event.outcome, event.reason, event.address, event.userAgent, event.correlationId],
    ...[JSON.stringify(event.details), event.id, event.tenantId],
  ].map(asText);
}
