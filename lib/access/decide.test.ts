import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Decision, decide, effectiveScopes, type NamedContext } from "./decide";
import { fromRow, parseOrganizationId, parseTenantId, parseTokenId, parseUserId } from "./ids";
import type { ApiTokenPrincipal, Membership, PersonalTokenPrincipal, Principal, SessionPrincipal } from "./principal";
import { type RoleId, roleIds, roles } from "./roles";
import { allScopes, type Scope } from "./scopes";

const organization = fromRow(parseOrganizationId, randomUUID());
const otherOrganization = fromRow(parseOrganizationId, randomUUID());
const east = fromRow(parseTenantId, randomUUID());
const west = fromRow(parseTenantId, randomUUID());
const foreign = fromRow(parseTenantId, randomUUID());
const user = { id: fromRow(parseUserId, randomUUID()), name: "Grace", email: "grace@example.com" };
const token = { id: fromRow(parseTokenId, randomUUID()), name: "ci", hint: "pxt_…abcd" };
const origin = { correlationId: "0".repeat(32), method: "GET", path: "/", address: null, userAgent: null };

const unnamed: NamedContext = { organizationId: null, tenantId: null, tenantOrganizationId: null };
const inEast: NamedContext = { organizationId: organization, tenantId: east, tenantOrganizationId: organization };
const inWest: NamedContext = { ...inEast, tenantId: west };

function session(...memberships: Membership[]): SessionPrincipal {
  return { kind: "session", user, memberships };
}

function personal(...memberships: Membership[]): PersonalTokenPrincipal {
  return { kind: "personalToken", token, user, memberships };
}

function apiToken(scopes: readonly Scope[], creatorRole: RoleId | null = "owner"): ApiTokenPrincipal {
  const creatorMemberships = creatorRole ? [{ organizationId: organization, tenantId: null, role: creatorRole }] : [];
  return {
    kind: "apiToken",
    token,
    organizationId: organization,
    tenantId: east,
    scopes,
    resources: null,
    creatorMemberships,
  };
}

function member(role: RoleId, tenantId: Membership["tenantId"] = null): Membership {
  return { organizationId: organization, tenantId, role };
}

function ask(
  principal: Principal,
  scope: Scope,
  context = inEast,
  contextHeaders: "optional" | "required" = "optional",
) {
  return decide({ principal, scope, context, contextHeaders, origin });
}

function outcome(decision: Decision<Scope>): string {
  return decision.allowed ? "allowed" : decision.code;
}

describe("sessions and personal tokens", () => {
  const cases: [string, Membership[], Scope, NamedContext, string][] = [
    ["an owner writes the organization", [member("owner")], "organization:write", inEast, "allowed"],
    ["an admin does not", [member("admin")], "organization:write", inEast, "insufficient_scope"],
    ["an admin manages tokens", [member("admin")], "token:write", inEast, "allowed"],
    ["an editor sees tokens", [member("editor")], "token:read", inEast, "allowed"],
    ["an editor does not manage them", [member("editor")], "token:write", inEast, "insufficient_scope"],
    ["a viewer changes nothing", [member("viewer")], "pipeline:write", inEast, "insufficient_scope"],
    ["a role in one tenant counts there", [member("admin", east)], "token:write", inEast, "allowed"],
    ["and nowhere else", [member("admin", east)], "token:write", inWest, "not_found"],
    ["roles add up", [member("viewer"), member("editor", east)], "pipeline:write", inEast, "allowed"],
    ["no membership, no tenant", [], "pipeline:read", inEast, "not_found"],
    [
      "the organization must be named",
      [member("owner")],
      "pipeline:read",
      { ...inEast, organizationId: null },
      "context_required",
    ],
    ["and the tenant", [member("owner")], "pipeline:read", { ...inEast, tenantId: null }, "context_required"],
    [
      "an owner does not reach a foreign tenant through their own organization",
      [member("owner")],
      "pipeline:read",
      { organizationId: organization, tenantId: foreign, tenantOrganizationId: otherOrganization },
      "not_found",
    ],
    [
      "a tenant that does not exist",
      [member("owner")],
      "pipeline:read",
      { ...inEast, tenantOrganizationId: null },
      "not_found",
    ],
  ];

  test.each(cases)("%s", (_title, memberships, scope, context, expected) => {
    expect(outcome(ask(session(...memberships), scope, context))).toBe(expected);
    expect(outcome(ask(personal(...memberships), scope, context))).toBe(expected);
  });

  test("every role is allowed its scopes and no other", () => {
    for (const role of roleIds)
      for (const scope of allScopes)
        expect(ask(session(member(role)), scope).allowed).toBe(roles[role].scopes.includes(scope));
  });
});

describe("API tokens", () => {
  const read: readonly Scope[] = ["pipeline:read"];
  const cases: [string, NamedContext, "optional" | "required", string][] = [
    ["context is derived from the binding", unnamed, "optional", "allowed"],
    ["naming it is as good", inEast, "optional", "allowed"],
    ["another tenant is a mismatch", inWest, "optional", "context_mismatch"],
    [
      "another organization is a mismatch",
      { ...unnamed, organizationId: otherOrganization },
      "optional",
      "context_mismatch",
    ],
    ["both must be named where the deployment says so", unnamed, "required", "context_required"],
    ["one is not enough", { ...unnamed, tenantId: east }, "required", "context_required"],
    ["both are", inEast, "required", "allowed"],
  ];

  test.each(cases)("%s", (_title, context, contextHeaders, expected) => {
    expect(outcome(ask(apiToken(read), "pipeline:read", context, contextHeaders))).toBe(expected);
  });

  test("a missing scope is named", () => {
    expect(ask(apiToken(read), "pipeline:write")).toEqual({
      allowed: false,
      code: "insufficient_scope",
      scope: "pipeline:write",
    });
  });

  test("data scopes outlive their creator; organization and user scopes do not", () => {
    for (const scope of allScopes) {
      const dependent = scope.startsWith("organization:") || scope.startsWith("user:");
      expect(ask(apiToken([scope], null), scope).allowed).toBe(!dependent);
      expect(ask(apiToken([scope], "viewer"), scope).allowed).toBe(!dependent);
      expect(ask(apiToken([scope], "owner"), scope).allowed).toBe(true);
    }
  });

  test("never hold more than their snapshot, whatever their creator may do", () => {
    fc.assert(
      fc.property(fc.subarray([...allScopes]), fc.constantFrom(...roleIds, null), (scopes, role) => {
        const held = effectiveScopes(apiToken(scopes, role), organization, east);
        expect(held.every((scope) => scopes.includes(scope))).toBe(true);
        expect(effectiveScopes(apiToken(scopes, role), organization, west)).toEqual([]);
      }),
    );
  });
});
