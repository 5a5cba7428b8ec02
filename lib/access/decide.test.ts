import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Decision,
  decide,
  decideInOrganization,
  effectiveScopes,
  type NamedContext,
  type OrganizationDecision,
  organizationScopes,
} from "./decide";
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

const unnamed: NamedContext = { organizationId: null, tenantId: null, tenantOrganizationId: null, plan: null };
const inEast: NamedContext = {
  organizationId: organization,
  tenantId: east,
  tenantOrganizationId: organization,
  plan: "business",
};
const inWest: NamedContext = { ...inEast, tenantId: west };
const inAcme: NamedContext = { ...inEast, tenantId: null, tenantOrganizationId: null };

function session(...memberships: Membership[]): SessionPrincipal {
  return {
    kind: "session",
    method: "password",
    user,
    sessionVersion: 1,
    sessionId: user.id,
    authenticatedSecondsAgo: 0,
    memberships,
    ssoRequiredIn: [],
  };
}

function personal(...memberships: Membership[]): PersonalTokenPrincipal {
  return { kind: "personalToken", token, user, memberships, ssoRequiredIn: [] };
}

function apiToken(scopes: readonly Scope[], creatorRole: RoleId | null = "owner"): ApiTokenPrincipal {
  const creatorMemberships = creatorRole ? [{ organizationId: organization, tenantId: null, role: creatorRole }] : [];
  return {
    kind: "apiToken",
    token,
    organizationId: organization,
    tenantId: east,
    plan: "business",
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

function askInOrganization(
  principal: Principal,
  scope: Scope,
  context = inAcme,
  contextHeaders: "optional" | "required" = "optional",
) {
  return decideInOrganization({ principal, scope, context, contextHeaders, origin });
}

function outcome(decision: Decision<Scope> | OrganizationDecision<Scope>): string {
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
      { organizationId: organization, tenantId: foreign, tenantOrganizationId: otherOrganization, plan: "business" },
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

describe("a plan without programmatic access", () => {
  const starter: NamedContext = { ...inEast, plan: "starter" };

  test("refuses tokens of either kind, whatever they may do, and leaves people to work", () => {
    expect(outcome(ask({ ...apiToken(allScopes), plan: "starter" }, "pipeline:read"))).toBe("plan_required");
    expect(outcome(ask(personal(member("owner")), "pipeline:read", starter))).toBe("plan_required");
    expect(outcome(ask(session(member("owner")), "token:write", starter))).toBe("allowed");
  });

  test("is not disclosed to strangers", () => {
    expect(outcome(ask(personal(), "pipeline:read", starter))).toBe("not_found");
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

describe("the organization as a whole", () => {
  const cases: [string, Membership[], Scope, NamedContext, string][] = [
    ["an owner changes it", [member("owner")], "organization:write", inAcme, "allowed"],
    ["an admin does not", [member("admin")], "organization:write", inAcme, "insufficient_scope"],
    ["an admin manages members", [member("admin")], "user:write", inAcme, "allowed"],
    ["an editor does not even list them", [member("editor")], "user:read", inAcme, "insufficient_scope"],
    ["a viewer neither", [member("viewer")], "user:read", inAcme, "insufficient_scope"],
    ["a tenant's owner never administers it", [member("owner", east)], "user:read", inAcme, "insufficient_scope"],
    ["also when that tenant is named", [member("owner", east)], "organization:read", inEast, "insufficient_scope"],
    [
      "roles in every tenant are no role throughout",
      [member("owner", east), member("owner", west)],
      "user:write",
      inAcme,
      "insufficient_scope",
    ],
    [
      "only the role held throughout counts",
      [member("viewer"), member("owner", east)],
      "user:read",
      inEast,
      "insufficient_scope",
    ],
    ["it must be named", [member("owner")], "user:read", { ...inAcme, organizationId: null }, "context_required"],
    ["a tenant of it may be named, too", [member("owner")], "user:read", inEast, "allowed"],
    [
      "a tenant of another may not",
      [member("owner")],
      "user:read",
      { ...inAcme, tenantId: foreign, tenantOrganizationId: otherOrganization },
      "not_found",
    ],
    ["a stranger does not learn that it exists", [], "organization:read", inAcme, "not_found"],
    [
      "nor does an owner elsewhere",
      [{ organizationId: otherOrganization, tenantId: null, role: "owner" }],
      "organization:read",
      inAcme,
      "not_found",
    ],
    ["one that does not exist", [member("owner")], "user:read", { ...inAcme, plan: null }, "not_found"],
  ];

  test.each(cases)("%s", (_title, memberships, scope, context, expected) => {
    expect(outcome(askInOrganization(session(...memberships), scope, context))).toBe(expected);
    expect(outcome(askInOrganization(personal(...memberships), scope, context))).toBe(expected);
  });

  test("every role is allowed its scopes throughout, and no other", () => {
    for (const role of roleIds)
      for (const scope of allScopes)
        expect(askInOrganization(session(member(role)), scope).allowed).toBe(roles[role].scopes.includes(scope));
  });

  test("an API token reaches its own organization only, and names both or neither", () => {
    const token = apiToken(["user:read"]);
    expect(outcome(askInOrganization(token, "user:read", unnamed))).toBe("allowed");
    expect(outcome(askInOrganization(token, "user:read", inEast))).toBe("allowed");
    expect(outcome(askInOrganization(token, "user:read", inWest))).toBe("context_mismatch");
    const elsewhere = { ...unnamed, organizationId: otherOrganization };
    expect(outcome(askInOrganization(token, "user:read", elsewhere))).toBe("context_mismatch");
    expect(outcome(askInOrganization(token, "user:read", unnamed, "required"))).toBe("context_required");
  });

  test("an API token has organization and user scopes here only, and only while its creator holds them throughout", () => {
    const tenantOwner = { ...apiToken(allScopes, null), creatorMemberships: [member("owner", east)] };
    for (const scope of allScopes) {
      const ofOrganization = scope.startsWith("organization:") || scope.startsWith("user:");
      expect(askInOrganization(apiToken([scope], "owner"), scope).allowed).toBe(ofOrganization);
      expect(askInOrganization(apiToken([scope], "viewer"), scope).allowed).toBe(false);
      expect(askInOrganization(apiToken([scope], null), scope).allowed).toBe(false);
      expect(askInOrganization(tenantOwner, scope).allowed).toBe(false);
    }
  });

  test("what can be passed on never exceeds the token's snapshot nor its creator's role throughout", () => {
    fc.assert(
      fc.property(fc.subarray([...allScopes]), fc.constantFrom(...roleIds), (scopes, role) => {
        const held = organizationScopes(apiToken(scopes, role), organization);
        expect(held).toEqual(allScopes.filter((scope) => scopes.includes(scope) && roles[role].scopes.includes(scope)));
        expect(organizationScopes(apiToken(scopes, role), otherOrganization)).toEqual([]);
      }),
    );
  });

  test("a plan without programmatic access refuses tokens and leaves people to work", () => {
    const starter: NamedContext = { ...inAcme, plan: "starter" };
    expect(outcome(askInOrganization({ ...apiToken(allScopes), plan: "starter" }, "user:read"))).toBe("plan_required");
    expect(outcome(askInOrganization(personal(member("owner")), "user:read", starter))).toBe("plan_required");
    expect(outcome(askInOrganization(session(member("owner")), "user:read", starter))).toBe("allowed");
  });
});
