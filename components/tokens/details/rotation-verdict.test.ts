import { describe, expect, test } from "vitest";
import { createText } from "@/lib/text/text";
import { rotationVerdict } from "./rotation-verdict";

const now = Date.parse("2026-11-23T12:00:00Z");
const at = (hoursAgo: number) => new Date(now - hoursAgo * 3_600_000).toISOString();

describe("whether a rotation can be finished", () => {
  test.each([
    ["neither used", null, null, "wait", "neither secret has been used"],
    [
      "only the old used",
      at(1),
      null,
      "wait",
      "the new secret has not been used. The old one was last used 1 hour ago",
    ],
    ["only the new used", null, at(1), "safe", "the new secret is in use, the old one never was"],
    ["the new took over", at(5), at(2), "safe", "last used 3 hours before the new one's first use"],
    ["the new took over within a second", at(2), at(2 - 0.4 / 3600), "safe", "1 second before"],
    ["the old is still used", at(0.1), at(2), "wait", "still used 6 minutes ago"],
    ["both at one instant", at(2), at(2), "wait", "still used 2 hours ago"],
    ["the old has been quiet for days", at(72), at(100), "likely", "last used 3 days ago"],
  ] as const)("%s", (_, oldLast, newFirst, kind, text) => {
    const verdict = rotationVerdict({ lastUsedAt: oldLast }, { firstUsedAt: newFirst }, now, createText("en"));
    expect(verdict.kind).toBe(kind);
    expect(verdict.text).toContain(text);
  });
});
