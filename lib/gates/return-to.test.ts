import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safeReturnTo } from "./return-to";

describe("where sign-in leads", () => {
  test("is the page one came from", () => {
    expect(safeReturnTo("/identity/settings/tenant?tab=api-tokens&q=a%20b")).toBe(
      "/identity/settings/tenant?tab=api-tokens&q=a%20b",
    );
  });

  test.each([
    undefined,
    ["/a", "/b"],
    "",
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/..//evil.example",
  ])("never %j", (value) => {
    const target = new URL(safeReturnTo(value), "https://identity.example");
    expect(target.origin).toBe("https://identity.example");
  });

  test("is on this site, whatever is asked", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `/${text}`),
          fc.webUrl(),
        ),
        (value) => {
          const target = safeReturnTo(value);
          expect(target.startsWith("/")).toBe(true);
          expect(new URL(target, "https://identity.example").origin).toBe("https://identity.example");
        },
      ),
      { numRuns: 2000 },
    );
  });
});
