import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TokenPolicy } from "@/lib/policy/schema";
import { createText } from "@/lib/text/text";
import { changedFields, checkDraft, draftOf } from "./policy-draft";

const text = createText("en");
const usual: TokenPolicy = {
  maxLifetimeDays: null,
  neverExpiresAllowed: true,
  defaultLifetimeDays: 90,
  idleRevocationDays: null,
  requiredCidrs: [],
  maxWorkingTokens: null,
  fullAccessAllowed: true,
  tokensMayCreateTokens: false,
};
const days = fc.integer({ min: 1, max: 3650 });
const policy: fc.Arbitrary<TokenPolicy> = fc.record({
  maxLifetimeDays: fc.constant(null),
  neverExpiresAllowed: fc.boolean(),
  defaultLifetimeDays: days,
  idleRevocationDays: fc.option(days),
  requiredCidrs: fc.subarray(["10.0.0.0/8", "2001:db8::/32", "203.0.113.7"]),
  maxWorkingTokens: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
  fullAccessAllowed: fc.boolean(),
  tokensMayCreateTokens: fc.boolean(),
});

describe("the draft of a policy", () => {
  test("comes to the policy it was made of", () => {
    fc.assert(
      fc.property(policy, (value) => {
        expect(checkDraft(draftOf(value), text)).toEqual({ ok: true, policy: value });
      }),
    );
  });

  test("names the fields in which it differs and no others", () => {
    fc.assert(
      fc.property(policy, policy, (before, after) => {
        const change = changedFields(before, after);
        expect({ ...before, ...change }).toEqual(after);
        for (const [field, value] of Object.entries(change))
          expect(before[field as keyof TokenPolicy]).not.toEqual(value);
      }),
    );
    expect(changedFields(usual, usual)).toEqual({});
  });

  test.each([
    [{ maxLifetimeDays: "a month" }, "maxLifetimeDays", "Use a whole number"],
    [{ maxLifetimeDays: "-1" }, "maxLifetimeDays", "Use a whole number"],
    [{ maxLifetimeDays: "0" }, "maxLifetimeDays", "Use at least 1 day"],
    [{ defaultLifetimeDays: " " }, "defaultLifetimeDays", "Use a whole number"],
    [{ maxLifetimeDays: "30" }, "defaultLifetimeDays", "Use at most 30, the maximum lifetime; it is 90"],
    [{ requiredCidrs: "10.0.0.0/8\nsomewhere" }, "requiredCidrs", "Use an IPv4 or IPv6 address or CIDR range"],
  ])("with %j is refused at its field", (change, path, message) => {
    const checked = checkDraft({ ...draftOf(usual), ...change }, text);
    expect(checked).toMatchObject({ ok: false, issues: [{ path, message: expect.stringContaining(message) }] });
  });
});
