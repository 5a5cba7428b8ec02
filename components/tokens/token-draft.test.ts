import { describe, expect, test } from "vitest";
import { describePermissions } from "@/lib/access/permissions";
import { allScopes } from "@/lib/access/scopes";
import { createText } from "@/lib/text/text";
import type { TokenView } from "@/lib/tokens/schema";
import { checkEdit, editDraftOf } from "./edit-token-draft";
import { draftFrom } from "./token-draft";

const text = createText("en");
const now = Date.parse("2026-11-23T12:00:00Z");
const dataset = "0190a000-0000-7000-8000-000000000001";
const gone = "0190a000-0000-7000-8000-000000000002";

function token(settings: Partial<TokenView>): TokenView {
  return {
    ...{ id: gone, kind: "api", name: "deploy", description: "CI", hint: "pxt_…abcd", permissionSet: null },
    ...{ scopes: ["pipeline:read", "alerts:read"], newerScopes: [], resources: null, allowedCidrs: [] },
    ...{ createdAt: "2026-11-01T00:00:00.000Z", createdBy: { id: gone, name: "Ada", active: true } },
    ...{ expiresAt: "2026-12-01T00:00:00.000Z", firstUsedAt: null, lastUsedAt: null, lastUsedIp: null },
    ...{ lastUsedAgent: null, status: "active", revokedAt: null, revokedBy: null, revokedReason: null },
    ...{ revokedNote: null, rotatedFromId: null, replacedById: null },
    ...settings,
  };
}

const choices = (held = allScopes) => ({ ...describePermissions(held), datasets: [{ id: dataset }], pipelines: [] });

describe("a token made from another", () => {
  test("has its settings: scopes, limits, addresses and lifetime", () => {
    const from = token({
      permissionSet: "ingest-only",
      scopes: ["metrics:write"],
      resources: { datasets: [dataset] },
      allowedCidrs: ["10.0.0.0/8", "2001:db8::/32"],
    });
    const { draft, leftOut } = draftFrom({ token: from, purpose: "replacement" }, choices(), now, text);
    expect(leftOut).toEqual([]);
    expect(draft).toMatchObject({
      ...{ name: "deploy", description: "CI", access: "ingest-only", datasets: [dataset], expiry: "30" },
      addresses: "10.0.0.0/8\n2001:db8::/32",
    });
  });

  test("says what the user may not grant and what is gone", () => {
    const from = token({ scopes: ["pipeline:read", "organization:write"], resources: { datasets: [dataset, gone] } });
    const { draft, leftOut } = draftFrom(
      { token: from, purpose: "duplicate" },
      choices(allScopes.filter((scope) => scope !== "organization:write")),
      now,
      text,
    );
    expect(draft).toMatchObject({ name: "deploy (copy)", access: "custom", customScopes: ["pipeline:read"] });
    expect(leftOut).toEqual(["organization:write, which you don't hold", "1 dataset that no longer exists"]);
  });

  test("gets a set only where it still means the same scopes", () => {
    const from = token({ permissionSet: "read-only", scopes: ["pipeline:read", "collector:read"] });
    const { draft } = draftFrom({ token: from, purpose: "duplicate" }, choices(), now, text);
    expect(draft).toMatchObject({ access: "custom", customScopes: ["pipeline:read", "collector:read"] });
  });

  test("lives as long: a lifetime that is no preset is a date, and an overlap is no lifetime", () => {
    const expiryOf = (settings: Partial<TokenView>) =>
      draftFrom({ token: token(settings), purpose: "duplicate" }, choices(), now, text).draft;
    expect(expiryOf({ expiresAt: "2026-11-11T00:00:00.000Z" })).toMatchObject({
      expiry: "custom",
      customDate: "2026-12-03",
    });
    expect(expiryOf({ expiresAt: null }).expiry).toBe("never");
    expect(expiryOf({ replacedById: gone }).expiry).toBeNull();
  });

  test("keeps a long name within the limit when it is a copy", () => {
    const { draft } = draftFrom({ token: token({ name: "x".repeat(80) }), purpose: "duplicate" }, choices(), now, text);
    expect(draft.name).toHaveLength(80);
    expect(draft.name).toMatch(/ \(copy\)$/);
  });
});

describe("a change of a token", () => {
  test("sends what differs and nothing else", () => {
    const before = token({});
    const draft = editDraftOf(before);
    expect(checkEdit(before, draft)).toEqual({ kind: "unchanged" });
    expect(checkEdit(before, { ...draft, name: " deploy, Oslo ", scopes: ["pipeline:read"] })).toEqual({
      kind: "changed",
      input: { name: "deploy, Oslo", scopes: ["pipeline:read"] },
    });
  });

  test("never lifts a limit, drops every scope or removes the expiry", () => {
    const before = token({ resources: { datasets: [dataset] } });
    const draft = { ...editDraftOf(before), datasets: [], scopes: [], lastDay: "" };
    const checked = checkEdit(before, draft);
    expect(checked.kind === "invalid" && checked.issues.map(({ path }) => path)).toEqual([
      "resources.datasets",
      "expiresAt",
      "scopes",
    ]);
  });
});
