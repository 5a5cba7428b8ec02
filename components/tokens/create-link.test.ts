import { describe, expect, test } from "vitest";
import { describePermissions } from "@/lib/access/permissions";
import { allScopes, type Scope } from "@/lib/access/scopes";
import { createText } from "@/lib/text/text";
import { draftOfLink } from "./create-link";
import type { CreateLink } from "./create-link-params";

const now = Date.parse("2026-11-23T12:00:00Z");
const policy: Parameters<typeof draftOfLink>[1]["policy"] = {
  ...{ maxLifetimeDays: 100, neverExpiresAllowed: false, defaultLifetimeDays: 90, fullAccessAllowed: false },
  ...{ requiredCidrs: [], maxWorkingTokens: null, idleRevocationDays: null, tokensMayCreateTokens: false },
};
const nothing = { name: null, description: null, permissionSet: null, scopes: null, expires: null };

function draftOf(asked: Partial<CreateLink>, held: readonly Scope[] = allScopes) {
  const choices = { ...describePermissions(held), datasets: [], pipelines: [], policy };
  return draftOfLink({ purpose: "link", ...nothing, ...asked }, choices, now, createText("en"));
}

describe("a link to create a token", () => {
  test("fills in what it names", () => {
    const asked = { name: " CI ", description: "Nightly", scopes: "metrics:write, pipeline:*", expires: "30" };
    const { draft, leftOut } = draftOf(asked);
    expect(leftOut).toEqual([]);
    expect(draft).toMatchObject({
      ...{ name: "CI", description: "Nightly", access: "custom", expiry: "30" },
      customScopes: ["pipeline:read", "pipeline:write", "metrics:write"],
    });
    expect(draftOf({ permissionSet: "data-access" }).draft).toMatchObject({ access: "data-access", expiry: null });
    expect(draftOf({ expires: "45" }).draft).toMatchObject({ expiry: "custom", customDate: "2027-01-07" });
  });

  test.each<[Partial<CreateLink>, string]>([
    [{ scopes: "pipeline:read,rocket:launch" }, "“rocket:launch”, which is no scope"],
    [{ scopes: "a:b,c:d" }, "“a:b” and “c:d”, which are no scopes"],
    [{ scopes: "alerts:read" }, "alerts:read, which you don't hold"],
    [{ scopes: "pipeline:read", permissionSet: "read-only" }, "the permission set, because the link names scopes too"],
    [{ permissionSet: "root" }, "“root”, which is no permission set"],
    [{ permissionSet: "data-access" }, "“data-access”, which holds more than you do"],
    [{ name: "x".repeat(81) }, "the name (Use at most 80 characters)"],
    [{ description: "a\u0000b" }, "the description (Use no control characters)"],
    [{ expires: "soon" }, "the expiry “soon” (Give days, from 1 to 3650, or never)"],
    [{ expires: "0" }, "the expiry “0” (Give days, from 1 to 3650, or never)"],
    [{ expires: "365" }, "the expiry “365” (The tenant's policy allows 100 days at most)"],
    [{ expires: "never" }, "the expiry “never” (The tenant's policy requires an expiry)"],
  ])("grants nothing it cannot, and says so: %j", (asked, words) => {
    const { draft, leftOut } = draftOf(asked, ["pipeline:read", "metrics:read", "collector:read"]);
    expect(leftOut).toEqual([words]);
    expect(draft.customScopes.filter((scope) => scope !== "pipeline:read")).toEqual([]);
  });

  test("does not offer what the policy forbids", () => {
    expect(draftOf({ permissionSet: "full-access" }).leftOut).toEqual([
      "“full-access”, which the tenant's policy doesn't allow",
    ]);
  });
});
