import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grantableSets, permissionSet } from "./permission-sets";
import { roles } from "./roles";
import { allScopes, expandScopes, isScope, missingScopes, sortScopes } from "./scopes";

const someScopes = fc.subarray([...allScopes]);

describe("the catalogue", () => {
  test("holds the nineteen scopes of the contract", () => {
    const readAndWrite = "pipeline collector metrics alerts knowledge tenant token user organization".split(" ");
    const expected = [...readAndWrite.flatMap((resource) => [`${resource}:read`, `${resource}:write`]), "audit:read"];
    expect([...allScopes].sort()).toEqual(expected.sort());
  });
});

describe("expanding scopes", () => {
  test.each([
    [["pipeline:read"], ["pipeline:read"]],
    [["pipeline:*"], ["pipeline:read", "pipeline:write"]],
    [["audit:*"], ["audit:read"]],
    [["*:*"], [...allScopes]],
    [["*:read"], allScopes.filter((scope) => scope.endsWith(":read"))],
    [["*:write"], allScopes.filter((scope) => scope.endsWith(":write"))],
  ])("%j", (requested, scopes) => {
    expect(expandScopes(requested)).toEqual({ ok: true, scopes });
  });

  test("write does not imply read", () => {
    expect(expandScopes(["pipeline:write"])).toEqual({ ok: true, scopes: ["pipeline:write"] });
  });

  test.each([
    "pipeline:delete",
    "audit:write",
    "*",
    "pipeline",
    "pipeline:read:x",
    "*:delete",
    "nothing:*",
    "",
    ":",
    "PIPELINE:read",
  ])("%j is unknown, never ignored", (value) => {
    expect(expandScopes(["pipeline:read", value])).toEqual({ ok: false, unknown: [value] });
  });

  test("is idempotent, ordered and without repeats, whatever the order asked in", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...allScopes, "*:read", "token:*", "*:*")), (requested) => {
        const once = expandScopes(requested);
        if (!once.ok) throw new Error("every value is known");
        expect(new Set(once.scopes).size).toBe(once.scopes.length);
        expect(expandScopes(once.scopes)).toEqual(once);
        expect(expandScopes([...requested].reverse())).toEqual(once);
      }),
    );
  });

  test("invents nothing: no text but a scope is a scope", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isScope(text)).toBe(allScopes.some((scope) => scope === text));
      }),
    );
  });
});

describe("missing scopes", () => {
  test("are what is wanted and not held, exactly", () => {
    fc.assert(
      fc.property(someScopes, someScopes, (wanted, held) => {
        const missing = missingScopes(wanted, held);
        expect(missing).toEqual(sortScopes(wanted.filter((scope) => !held.includes(scope))));
      }),
    );
  });
});

describe("permission sets and roles", () => {
  test("hold what the contract says", () => {
    expect(permissionSet("read-only").scopes).toEqual(["pipeline:read", "collector:read", "metrics:read"]);
    expect(sortScopes(permissionSet("data-access").scopes)).toEqual([
      "pipeline:read",
      "pipeline:write",
      "collector:read",
      "collector:write",
      "metrics:read",
      "metrics:write",
    ]);
    expect(permissionSet("ingest-only").scopes).toEqual(["metrics:write"]);
    expect(permissionSet("full-access").scopes).toEqual(allScopes);
    expect(roles.owner.scopes).toEqual(allScopes);
    expect(missingScopes(allScopes, roles.admin.scopes)).toEqual(["organization:write"]);
    expect(roles.viewer.scopes.every((scope) => scope.endsWith(":read"))).toBe(true);
    expect(roles.viewer.scopes).not.toContain("audit:read");
  });

  test("a set is grantable exactly when nothing in it is missing", () => {
    fc.assert(
      fc.property(someScopes, (held) => {
        for (const set of grantableSets(held)) {
          expect(set.grantable).toBe(set.scopes.every((scope) => held.includes(scope)));
          expect(set.missingScopes).toEqual(missingScopes(set.scopes, held));
        }
      }),
    );
  });
});
