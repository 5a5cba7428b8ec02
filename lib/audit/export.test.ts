import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExportFormat, exportFormats } from "./export";
import type { AuditEventView } from "./schema";

function exported(format: ExportFormat, events: AuditEventView[]): string {
  const { heading, lines } = exportFormats[format];
  return heading() + lines(events.slice(0, 2)) + lines(events.slice(2));
}

/** Reads CSV as the least careful reader does: any line break outside quotes ends a record. */
function parseCsv(text: string): string[][] {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\r|\n)/gy;
  const records: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(cell)) {
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end !== ",") records.push([]);
  }
  return records.slice(0, -1);
}

const awkward = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ unit: fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", ",", ";", '"', "'", " ", "＝", "a") }),
);
const event: fc.Arbitrary<AuditEventView> = fc.record({
  id: fc.uuid(),
  occurredAt: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
  tenantId: fc.option(fc.uuid()),
  actor: fc.record({ kind: fc.constant("user" as const), id: fc.option(fc.uuid()), label: awkward }),
  action: awkward,
  target: fc.option(fc.record({ kind: awkward, id: fc.option(fc.uuid()), label: fc.option(awkward) })),
  outcome: fc.constantFrom("success" as const, "denied" as const),
  reason: fc.option(awkward),
  address: fc.option(fc.ipV6()),
  userAgent: fc.option(awkward),
  correlationId: fc.stringMatching(/^[0-9a-f]{32}$/),
  details: fc.dictionary(fc.string(), awkward, { noNullPrototype: true }),
});

describe("an export", () => {
  test("as NDJSON holds every event exactly as the API shows it, one a line", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 5 }), (events) => {
        const text = exported("application/x-ndjson", events);
        const lines = text.split("\n").slice(0, -1);
        expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(JSON.stringify(events)));
      }),
    );
  });

  test("as CSV has one record an event, whatever its text, and no cell that a spreadsheet would run", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 5 }), (events) => {
        const [header, ...records] = parseCsv(exported("text/csv", events));
        expect(records).toHaveLength(events.length);
        for (const [index, record] of records.entries()) {
          expect(record).toHaveLength(header?.length ?? 0);
          expect(record.filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([]);
          expect(record).toContain(events[index]?.id);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("as CSV leaves harmless text as it is", () => {
    const [one] = fc.sample(event, 1);
    if (!one) throw new Error("no sample");
    const [header, record] = parseCsv(exported("text/csv", [{ ...one, userAgent: 'curl/8, "a-b" = c' }]));
    expect(record?.[header?.indexOf("userAgent") ?? -1]).toBe('curl/8, "a-b" = c');
  });
});
