import { describe, expect, test } from "vitest";
import { auditActions } from "@/lib/audit/actions";
import type { AuditEventView } from "@/lib/audit/schema";
import { createText } from "@/lib/text/text";
import { changesOf } from "./audit-values";
import { actionGroups, actionLabel, actionsOf, plainSentenceOf } from "./audit-wording";

type Told = Pick<AuditEventView, "action"> & Partial<AuditEventView>;

const text = createText("en");

function told(event: Told): string {
  const whole = {
    actor: { kind: "user" as const, id: null, label: "Ada" },
    target: { kind: "token", id: null, label: "ci" },
    outcome: "success" as const,
    reason: null,
    details: {},
    ...event,
  };
  return plainSentenceOf(whole, text, { actor: "Ada", target: "ci" });
}

describe("an event in words", () => {
  test.each<[Told, string]>([
    [{ action: "token.created" }, "Ada created ci"],
    [{ action: "token.created", details: { rotatedFromId: "x" } }, "Ada created ci to replace another token"],
    [
      {
        action: "token.updated",
        details: { before: { name: "a", scopes: ["x", "y"] }, after: { name: "b", scopes: ["x"] } },
      },
      "Ada changed the name and scopes of ci",
    ],
    [{ action: "token.rotated", details: { overlapSeconds: 0 } }, "Ada rotated ci: the old secret ended at once"],
    [
      { action: "token.rotated", details: { overlapSeconds: 3600 } },
      "Ada rotated ci: the old secret works for 1 hour more",
    ],
    [
      { action: "token.rotated", details: { overlapSeconds: 604_800 } },
      "Ada rotated ci: the old secret works for 7 days more",
    ],
    [{ action: "token.revoked", reason: "compromised" }, "Ada revoked ci: compromised"],
    [
      { action: "token.used", details: { method: "GET", path: "/v1/pipelines", status: 200 } },
      "Ada called GET /v1/pipelines",
    ],
    [
      { action: "token.used", outcome: "denied", details: { method: "GET", path: "/v1/alerts", status: 403 } },
      "Ada called GET /v1/alerts and got 403",
    ],
    [
      {
        action: "token.used",
        outcome: "denied",
        reason: "revoked",
        details: { method: "GET", path: "/v1/alerts", status: 401 },
      },
      "Ada was refused at GET /v1/alerts: the token is revoked",
    ],
    [
      { action: "member.role_changed", details: { before: "viewer", after: "admin" } },
      "Ada made ci admin instead of viewer",
    ],
    [{ action: "member.role_changed", details: { before: "viewer", after: null } }, "Ada took the role viewer from ci"],
    [
      { action: "session.refused", outcome: "denied", reason: "wrong_password" },
      "Ada could not sign in: wrong password",
    ],
    [
      { action: "session.refused", outcome: "denied", reason: "throttled_account" },
      "Ada could not sign in: too many attempts at the account",
    ],
    [{ action: "session.ended", reason: "signed_out" }, "Ada signed out"],
    [{ action: "session.ended", reason: "revoked" }, "Ada ended the session in ci"],
    [
      { action: "session.ended", reason: "revoked", target: null, details: { sessions: 2 } },
      "Ada signed out everywhere else: 2 sessions",
    ],
    [{ action: "pipeline.updated" }, "Ada updated the pipeline ci"],
    [{ action: "something.new", target: null }, "Ada: something new"],
  ])("%j", (event, sentence) => {
    expect(told(event)).toBe(sentence);
  });

  test("a name that looks like markup of the sentence stays text", () => {
    const details = { before: { "{actor}": "1" }, after: { "{actor}": "2" } };
    expect(told({ action: "token.updated", details })).toBe("Ada changed the {actor} of ci");
  });

  test("every action has a label and stands in exactly one group of the filter", () => {
    const offered = actionGroups.flatMap((group) => actionsOf(group).map(({ value }) => value));
    expect(offered.toSorted()).toEqual([...auditActions].toSorted());
    expect(actionLabel("dataset.created", text)).toBe("Dataset created");
  });
});

describe("what an event changed", () => {
  test("names each field with what it lost and gained, and leaves out what stayed", () => {
    const before = { name: "ci", scopes: ["a:read", "b:read"], expiresAt: null, resources: null };
    const after = { name: "ci", scopes: ["a:read"], expiresAt: "2027-01-01T00:00:00.000Z", resources: null };
    expect(changesOf({ before, after }, text)).toEqual([
      { field: "scopes", removed: ["b:read"], added: [] },
      { field: "expiry", removed: [], added: ["2027-01-01T00:00:00.000Z"] },
    ]);
    expect(changesOf({ before: "viewer", after: "admin" }, text)).toEqual([
      { field: "value", removed: ["viewer"], added: ["admin"] },
    ]);
    expect(changesOf({ name: "ci" }, text)).toEqual([]);
  });
});
