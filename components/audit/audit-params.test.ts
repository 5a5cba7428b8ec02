import { describe, expect, test } from "vitest";
import { recognize } from "./audit-lookup";
import { auditFilterOf, noFilter } from "./audit-params";

const nowMs = Date.parse("2027-02-21T12:00:00Z");
const all = { ...noFilter, range: "any", uses: false } as const;

describe("the address of a page of the log", () => {
  test("asks for everything but uses of tokens, unless it asks for those", () => {
    expect(auditFilterOf(all, nowMs)).toEqual({ uses: "exclude" });
    expect(auditFilterOf({ ...all, uses: true }, nowMs)).toEqual({});
    expect(auditFilterOf({ ...all, action: "token.used" }, nowMs)).toEqual({ action: "token.used" });
    const correlationId = "0123456789abcdef0123456789abcdef";
    expect(auditFilterOf({ ...all, correlationId }, nowMs)).toEqual({ correlationId });
  });

  test("counts a range back from now, and takes times only for a custom one", () => {
    const times = { from: "2027-01-01T00:00:00Z", to: "2027-01-02T00:00:00Z" };
    expect(auditFilterOf({ ...all, ...times, range: "day", uses: true }, nowMs)).toEqual({
      from: "2027-02-20T12:00:00.000Z",
    });
    expect(auditFilterOf({ ...all, ...times, range: "custom", uses: true }, nowMs)).toEqual(times);
  });
});

describe("what is pasted", () => {
  test.each([
    ["0123456789abcdef0123456789abcdef", "correlationId"],
    ["203.0.113.7", "address"],
    ["2001:db8::7", "address"],
    ["019a4f1e-0000-7000-8000-000000000001", "actor"],
    ["019a4f1e-0000-7000-8000-000000000002", "target"],
    ["ci-deploy", undefined],
    ["", undefined],
  ])("%s is taken for %s", (text, filter) => {
    expect(recognize(text, (id) => id.endsWith("1"))?.filter).toBe(filter);
  });
});
