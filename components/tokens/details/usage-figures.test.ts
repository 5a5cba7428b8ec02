import { expect, test } from "vitest";
import { createText } from "@/lib/text/text";
import { axisEnd, usageSummary } from "./usage-figures";

test("a chart says in words what it shows", () => {
  const text = createText("en");
  const days = [
    { day: "2026-11-21", allowed: 1200, denied: 3 },
    { day: "2026-11-22", allowed: 0, denied: 1 },
    { day: "2026-11-23", allowed: 40, denied: 0 },
  ];
  expect(usageSummary(days, text)).toBe(
    "1,244 calls in the last 3 days: 1,240 allowed, 4 denied. Most on 21 Nov 2026, with 1,203.",
  );
  expect(usageSummary([{ day: "2026-11-23", allowed: 0, denied: 0 }], text)).toBe("No calls in the last 1 day.");
});

test.each([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 5],
  [10, 10],
  [11, 20],
  [999, 1000],
  [1001, 2000],
])("an axis for up to %i calls ends at %i", (count, end) => {
  expect(axisEnd(count)).toBe(end);
});
