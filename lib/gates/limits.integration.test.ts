import { describe, expect, test, vi } from "vitest";
import * as v1 from "@/app/v1/[...path]/route";
import { db } from "@/lib/db/client";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTokenRow, type TokenOptions } from "@/lib/test/fixtures";
import { generateSecret } from "@/lib/tokens/secret";

// Read when lib/env is first imported.
vi.hoisted(() => {
  process.env.RATE_LIMIT_TOKEN = "5/60";
  process.env.RATE_LIMIT_FAILED_AUTH = "4/60";
});

const path = "/v1/pipelines";
const from = (address: string) => ({ "x-praxis-client-address": address });

async function token(options: TokenOptions = {}) {
  return createTokenRow(await createPlace(), { scopes: ["pipeline:read"], ...options });
}

describe("the limit per token", () => {
  test("is told on every answer, and exceeding it is 429 with Retry-After", async () => {
    const { secret } = await token();
    const other = await token();
    const first = await call(v1.GET, path, { token: secret });
    expect(first.headers.get("ratelimit-policy")).toBe('"token";q=5;w=60');
    expect(first.headers.get("ratelimit")).toMatch(/^"token";r=4;t=\d+$/);
    for (let more = 0; more < 4; more++) expect((await call(v1.GET, path, { token: secret })).status).toBe(200);
    const refused = await call(v1.GET, path, { token: secret });
    expect([refused.status, refused.body.error]).toEqual([429, "rate_limited"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await call(v1.GET, path, { token: other.secret })).status).toBe(200);
  });

  test("is decided before any database work", async () => {
    const { secret, id } = await token();
    for (let more = 0; more < 5; more++) await call(v1.GET, path, { token: secret });
    await db.token.delete({ where: { id } });
    expect((await call(v1.GET, path, { token: secret })).status).toBe(429);
  });
});

describe("the limit of failed authentications per address", () => {
  test("turns 401 into 429, and never blocks a token that verifies", async () => {
    const good = await token();
    const headers = from("203.0.113.50");
    const attempts = ["garbage", generateSecret("api"), "more", generateSecret("api"), "again", generateSecret("api")];
    const statuses = [];
    for (const attempt of attempts) statuses.push((await call(v1.GET, path, { token: attempt, headers })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
    expect((await call(v1.GET, path, { token: good.secret, headers })).status).toBe(200);
    expect((await call(v1.GET, path, { token: "x", headers: from("203.0.113.51") })).status).toBe(401);
  });

  test("takes all of an IPv6 subscriber's addresses for one", async () => {
    const statusFrom = async (address: string) =>
      (await call(v1.GET, path, { token: "x", headers: from(address) })).status;
    const statuses = [];
    for (const host of ["::1", "::2", ":1:2:3:4", "::5", "::6"]) statuses.push(await statusFrom(`2001:db8:1:2${host}`));
    expect(statuses).toEqual([401, 401, 401, 401, 429]);
    expect(await statusFrom("2001:db8:1:3::1")).toBe(401);
  });
});

describe("allowed addresses", () => {
  test.each([
    [["203.0.113.0/24"], "203.0.113.9", 200],
    [["203.0.113.0/24"], "203.0.114.9", 403],
    [["2001:db8::/32", "10.0.0.1"], "2001:db8::5", 200],
    [["2001:db8::/32", "10.0.0.1"], "10.0.0.1", 200],
    [["2001:db8::/32", "10.0.0.1"], "10.0.0.2", 403],
    [["0.0.0.0/0"], "2001:db8::5", 403],
  ])("%j from %s: %i", async (allowedCidrs, address, status) => {
    const { secret, id } = await token();
    await db.token.update({ where: { id }, data: { allowedCidrs } });
    const answer = await call(v1.GET, path, { token: secret, headers: from(address) });
    expect(answer.status).toBe(status);
    if (status === 200) return;
    expect(answer.body.error).toBe("address_not_allowed");
    const event = await db.auditEvent.findFirstOrThrow({ where: { targetId: id } });
    expect(event).toMatchObject({ outcome: "denied", reason: "address_not_allowed", address });
  });

  test("a forwarded header of the caller's own making changes nothing", async () => {
    const { secret, id } = await token();
    await db.token.update({ where: { id }, data: { allowedCidrs: ["203.0.113.0/24"] } });
    const headers = { ...from("198.51.100.1"), "x-forwarded-for": "203.0.113.9", forwarded: "for=203.0.113.9" };
    expect((await call(v1.GET, path, { token: secret, headers })).status).toBe(403);
  });
});

describe("a plan without programmatic access", () => {
  test("refuses existing tokens from the next call on, issues none, still revokes, and gives them back later", async () => {
    const tokens = await import("@/app/identity/tokens/route");
    const revoke = await import("@/app/identity/tokens/revoke/route");
    const place = await createPlace();
    const { secret } = await createTokenRow(place, { scopes: ["pipeline:read"] });
    const doomed = await createTokenRow(place, { scopes: ["pipeline:read"] });
    const cookie = await sessionCookie(await createMember(place, "owner"));
    const session = { cookie, headers: contextOf(place) };
    const setPlan = (plan: "starter" | "business") =>
      db.organization.update({ where: { id: place.organizationId }, data: { plan } });
    expect((await call(v1.GET, path, { token: secret })).status).toBe(200);
    await setPlan("starter");
    const refused = await call(v1.GET, path, { token: secret });
    expect([refused.status, refused.body.error]).toEqual([403, "plan_required"]);
    const body = { name: "x", permissionSet: "read-only" };
    expect((await call(tokens.POST, "/identity/tokens", { ...session, body })).body.error).toBe("plan_required");
    expect((await call(v1.GET, path, session)).status).toBe(200);
    const revoked = await call(revoke.POST, "/identity/tokens/revoke", {
      ...session,
      body: { ids: [doomed.id], reason: "unused" },
    });
    expect(revoked.body.results).toMatchObject([{ id: doomed.id, outcome: "revoked" }]);
    await setPlan("business");
    expect((await call(v1.GET, path, { token: secret })).status).toBe(200);
  });
});
