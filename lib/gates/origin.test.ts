import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { originOf, traceId } from "./origin";

const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
const parent = "00f067aa0ba902b7";

describe("the correlation id", () => {
  test("is the trace-id of a valid traceparent (W3C Trace Context)", () => {
    expect(traceId(`00-${trace}-${parent}-01`)).toBe(trace);
    expect(traceId(`cc-${trace}-${parent}-01-future`)).toBe(trace);
  });

  test.each([
    null,
    "",
    `ff-${trace}-${parent}-01`,
    `00-${trace}-${parent}-01-extra`,
    `00-${"0".repeat(32)}-${parent}-01`,
    `00-${trace}-${"0".repeat(16)}-01`,
    `00-${trace.toUpperCase()}-${parent}-01`,
    `00-${trace}-${parent}`,
  ])("ignores %j", (value) => expect(traceId(value)).toBeNull());

  test("is 32 hex digits whatever is sent", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (value) => {
        const headers = new Headers({ traceparent: value.trim() });
        expect(originOf(headers, "GET", "/").correlationId).toMatch(/^[0-9a-f]{32}$/);
      }),
    );
  });
});
