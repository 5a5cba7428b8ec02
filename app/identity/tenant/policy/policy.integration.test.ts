import { describe, expect, test, vi } from "vitest";
import * as rotate from "@/app/identity/tokens/[id]/rotate/route";
import * as item from "@/app/identity/tokens/[id]/route";
import * as tokens from "@/app/identity/tokens/route";
import * as v1 from "@/app/v1/[...path]/route";
import { allScopes } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import type { TokenPolicy } from "@/lib/policy/schema";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTokenRow, type Place, type TokenOptions } from "@/lib/test/fixtures";
import * as policy from "./route";

const path = "/identity/tenant/policy";
const day = 24 * 60 * 60 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * day);

async function sessionOf(place: Place, role: "owner" | "admin" | "editor" | "viewer" = "owner") {
  return { cookie: await sessionCookie(await createMember(place, role)), headers: contextOf(place) };
}
type Session = Awaited<ReturnType<typeof sessionOf>>;

const change = (session: Session, body: unknown) => call(policy.PATCH, path, { ...session, method: "PATCH", body });
const create = (session: Session | { token: string }, body: object) =>
  call(tokens.POST, "/identity/tokens", { ...session, body: { name: "x", permissionSet: "read-only", ...body } });
const successorOf = (session: Session, id: string) =>
  call(rotate.POST, `/identity/tokens/${id}/rotate`, { ...session, params: { id }, body: { overlapSeconds: 0 } });
const setPolicy = (place: Place, data: Partial<TokenPolicy>) =>
  db.tenant.update({ where: { id: place.tenantId }, data });
const works = async (token: string) => (await call(v1.GET, "/v1/pipelines", { token })).status === 200;

/** A place with a policy, and somebody who may do everything in it. */
async function placeWith(data: Partial<TokenPolicy>) {
  const place = await createPlace();
  await setPolicy(place, data);
  return { place, owner: await sessionOf(place) };
}

describe("the policy of a tenant", () => {
  test("is read with tenant:read and changed, field by field, with tenant:write; the change is on record", async () => {
    const place = await createPlace();
    const admin = await sessionOf(place, "admin");
    const before = {
      maxLifetimeDays: null,
      neverExpiresAllowed: true,
      defaultLifetimeDays: 90,
      idleRevocationDays: null,
      requiredCidrs: [],
      maxWorkingTokens: null,
      fullAccessAllowed: true,
      tokensMayCreateTokens: false,
    };
    expect((await call(policy.GET, path, admin)).body).toEqual(before);
    const input = { maxLifetimeDays: 180, requiredCidrs: ["10.0.0.0/8", "2001:db8::/32"], maxWorkingTokens: 20 };
    const changed = await change(admin, input);
    expect([changed.status, changed.body]).toEqual([200, { ...before, ...input }]);
    expect((await call(policy.GET, path, admin)).body).toEqual({ ...before, ...input });
    const events = await db.auditEvent.findMany({ where: { tenantId: place.tenantId, action: "policy.updated" } });
    expect(events.map(({ details }) => details)).toEqual([{ before, after: { ...before, ...input } }]);
    const editor = await sessionOf(place, "editor");
    expect((await call(policy.GET, path, editor)).status).toBe(200);
    expect((await change(editor, input)).body).toMatchObject({ error: "insufficient_scope", scope: "tenant:write" });
  });

  test.each([
    [{}, ""],
    [{ maxLifetimeDays: 0 }, "maxLifetimeDays"],
    [{ maxLifetimeDays: 3651 }, "maxLifetimeDays"],
    [{ maxLifetimeDays: 1.5 }, "maxLifetimeDays"],
    [{ idleRevocationDays: 3651 }, "idleRevocationDays"],
    [{ defaultLifetimeDays: null }, "defaultLifetimeDays"],
    [{ maxWorkingTokens: 0 }, "maxWorkingTokens"],
    [{ requiredCidrs: ["10.0.0.0/8", "everywhere"] }, "requiredCidrs.1"],
    [{ neverExpiresAllowed: null }, "neverExpiresAllowed"],
    [{ maxLifetimeDays: 365, maxLifetime: 30 }, "maxLifetime"],
    [{ maxLifetimeDays: 30 }, "defaultLifetimeDays"],
    [{ maxLifetimeDays: 30, defaultLifetimeDays: 31 }, "defaultLifetimeDays"],
  ])("refuses %j, naming the field", async (input, field) => {
    const { place, owner } = await placeWith({});
    const answer = await change(owner, input);
    expect([answer.status, answer.body.error]).toEqual([400, "invalid_request"]);
    expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toEqual([field]);
    expect(await db.auditEvent.count({ where: { tenantId: place.tenantId } })).toBe(0);
  });

  test("of changes made at once to one policy, none is lost unseen", async () => {
    const { place, owner } = await placeWith({});
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => change(owner, { maxWorkingTokens: n, idleRevocationDays: n })),
    );
    const done = answers.filter(({ status }) => status === 200);
    expect(done.length).toBeGreaterThan(0);
    for (const { status } of answers) expect([200, 409]).toContain(status);
    const events = await db.auditEvent.count({ where: { tenantId: place.tenantId, action: "policy.updated" } });
    expect(events).toBe(done.length);
    const { body } = await call(policy.GET, path, owner);
    expect(body.maxWorkingTokens).toBe(body.idleRevocationDays);
  });

  test("is not opened by a token for its own kind: only a person lets tokens create tokens", async () => {
    const { place, owner } = await placeWith({});
    const { secret } = await createTokenRow(place, { scopes: ["tenant:write", "token:write"] });
    const answer = await call(policy.PATCH, path, {
      token: secret,
      method: "PATCH",
      body: { tokensMayCreateTokens: true },
    });
    expect([answer.status, answer.body.error]).toEqual([403, "forbidden"]);
    expect((await create({ token: secret }, {})).body.error).toBe("forbidden");
    expect((await change(owner, { tokensMayCreateTokens: true })).status).toBe(200);
    expect((await create({ token: secret }, { permissionSet: undefined, scopes: ["tenant:write"] })).status).toBe(201);
  });

  test("tightened later, it stops no token, and says which ones break it", async () => {
    const { place, owner } = await placeWith({});
    const made: Record<string, TokenOptions> = {
      fine: { expiresAt: inDays(10), scopes: ["pipeline:read"] },
      never: { expiresAt: null, scopes: ["pipeline:read"] },
      long: { expiresAt: inDays(100), scopes: ["pipeline:read"] },
      all: { expiresAt: inDays(10), scopes: allScopes },
    };
    const secrets: string[] = [];
    for (const [name, options] of Object.entries(made))
      secrets.push((await createTokenRow(place, { name, ...options })).secret);
    const strict = { maxLifetimeDays: 30, defaultLifetimeDays: 30, neverExpiresAllowed: false, maxWorkingTokens: 1 };
    expect((await change(owner, { ...strict, fullAccessAllowed: false, idleRevocationDays: 1 })).status).toBe(200);
    const listed = await call(tokens.GET, "/identity/tokens?violatesPolicy=true&sort=name", owner);
    expect(listed.body.items.map(({ name }: { name: string }) => name)).toEqual(["all", "long", "never"]);
    for (const secret of secrets) expect(await works(secret)).toBe(true);
    const never = await call(tokens.GET, "/identity/tokens?neverExpires=true", owner);
    expect(never.body.items.map(({ name }: { name: string }) => name)).toEqual(["never"]);
    expect((await call(tokens.GET, "/identity/tokens?neverExpires=yes", owner)).body.issues[0].path).toBe(
      "neverExpires",
    );
  });
});

describe("issuing under a policy", () => {
  const strict = { maxLifetimeDays: 30, defaultLifetimeDays: 7, requiredCidrs: ["10.0.0.0/8", "2001:db8::/32"] };

  test("a token whose creator does not say lives for the default and works from the required addresses", async () => {
    const { owner } = await placeWith(strict);
    const { body } = await create(owner, {});
    expect(Date.parse(body.token.expiresAt) - Date.parse(body.token.createdAt)).toBeCloseTo(7 * day, -4);
    expect(body.token.allowedCidrs).toEqual(strict.requiredCidrs);
  });

  test.each([
    ["beyond the maximum", strict, { expiresAt: inDays(31).toISOString() }, "expiresAt", "at most 30 days, until 20"],
    ["never, with a maximum", strict, { expiresAt: null }, "expiresAt", "never expires; it allows at most 30 days"],
    ["never", { neverExpiresAllowed: false }, { expiresAt: null }, "expiresAt", "does not allow a token that never"],
    ["from anywhere", strict, { allowedCidrs: [] }, "allowedCidrs", "within 10.0.0.0/8, 2001:db8::/32"],
    ["from elsewhere", strict, { allowedCidrs: ["10.1.2.3", "8.8.8.8"] }, "allowedCidrs.1", "within 10.0.0.0/8"],
    ["from more", strict, { allowedCidrs: ["10.0.0.0/7"] }, "allowedCidrs.0", "within 10.0.0.0/8"],
    ["Full access", { fullAccessAllowed: false }, { permissionSet: "full-access" }, "permissionSet", "every scope"],
    [
      "*:*",
      { fullAccessAllowed: false },
      { permissionSet: undefined, scopes: ["*:*"] },
      "scopes",
      "holds every scope; choose fewer",
    ],
    [
      "each scope",
      { fullAccessAllowed: false },
      { permissionSet: undefined, scopes: allScopes },
      "scopes",
      "holds every scope",
    ],
  ])("refuses a token %s, naming the field and what is allowed", async (_, data, body, field, message) => {
    const { place, owner } = await placeWith(data);
    const answer = await create(owner, body);
    expect([answer.status, answer.body.error]).toEqual([400, "invalid_request"]);
    expect(answer.body.issues).toEqual([{ path: field, message: expect.stringContaining(message) }]);
    expect(await db.token.count({ where: place })).toBe(0);
  });

  test("names every field at fault at once", async () => {
    const { owner } = await placeWith({ ...strict, fullAccessAllowed: false });
    const answer = await create(owner, { permissionSet: "full-access", expiresAt: null, allowedCidrs: ["8.8.8.8"] });
    const paths = answer.body.issues.map((issue: { path: string }) => issue.path);
    expect(paths.sort()).toEqual(["allowedCidrs.0", "expiresAt", "permissionSet"]);
  });

  test("allows what it allows, up to the maximum itself by a clock that runs ahead", async () => {
    const { owner } = await placeWith(strict);
    const answer = await create(owner, {
      expiresAt: new Date(inDays(30).getTime() + 20_000).toISOString(),
      allowedCidrs: ["10.1.0.0/16"],
    });
    expect(answer.status).toBe(201);
    const { expiresAt, createdAt } = answer.body.token;
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBeLessThanOrEqual(30 * day);
    expect((await create(owner, { permissionSet: "data-access" })).status).toBe(201);
  });

  test("a token that creates tokens is held to the policy and to its own limits", async () => {
    const { place } = await placeWith({ tokensMayCreateTokens: true, requiredCidrs: ["10.0.0.0/8"] });
    const parent = await createTokenRow(place, { scopes: ["token:write", "pipeline:read"], expiresAt: inDays(3) });
    const make = (body: object) =>
      create({ token: parent.secret }, { permissionSet: undefined, scopes: ["pipeline:read"], ...body });
    const child = await make({});
    expect(child.body.token).toMatchObject({ allowedCidrs: ["10.0.0.0/8"] });
    expect(Date.parse(child.body.token.expiresAt)).toBeLessThanOrEqual(inDays(3).getTime());
    expect((await make({ expiresAt: inDays(4).toISOString() })).body.issues[0].path).toBe("expiresAt");
  });

  test("a change of the policy and a creation never cross", async () => {
    const { place, owner } = await placeWith({});
    const [changed, ...created] = await Promise.all([
      change(owner, { neverExpiresAllowed: false }),
      ...Array.from({ length: 30 }, () => create(owner, { expiresAt: null })),
    ]);
    expect(changed.status).toBe(200);
    const event = await db.auditEvent.findFirstOrThrow({
      where: { tenantId: place.tenantId, action: "policy.updated" },
    });
    const issued = await db.token.findMany({ where: place, select: { createdAt: true } });
    expect(issued.length).toBe(created.filter(({ status }) => status === 201).length);
    for (const { createdAt } of issued) expect(createdAt.getTime()).toBeLessThanOrEqual(event.occurredAt.getTime());
    expect((await create(owner, { expiresAt: null })).status).toBe(400);
  });
});

describe("rotating under a policy", () => {
  test("shortens the successor's life to the maximum", async () => {
    const { place, owner } = await placeWith({ maxLifetimeDays: 30, defaultLifetimeDays: 7 });
    for (const expiresAt of [inDays(300), null]) {
      const { id } = await createTokenRow(place, { scopes: ["pipeline:read"], expiresAt });
      const { status, body } = await successorOf(owner, id);
      expect(status).toBe(201);
      expect(Date.parse(body.token.expiresAt) - Date.parse(body.token.createdAt)).toBeCloseTo(30 * day, -4);
    }
  });

  test("gives a successor of one that never expires the default life where never is not allowed", async () => {
    const { place, owner } = await placeWith({ neverExpiresAllowed: false, defaultLifetimeDays: 7 });
    const { id } = await createTokenRow(place, { scopes: ["pipeline:read"] });
    const { body } = await successorOf(owner, id);
    expect(Date.parse(body.token.expiresAt) - Date.parse(body.token.createdAt)).toBeCloseTo(7 * day, -4);
  });

  test("is refused, and the old token works on, where the successor may not be issued at all", async () => {
    const { place, owner } = await placeWith({ fullAccessAllowed: false, requiredCidrs: ["10.0.0.0/8"] });
    const roaming = await createTokenRow(place, { scopes: ["pipeline:read"] });
    const full = await createTokenRow(place, { scopes: allScopes });
    await db.token.update({ where: { id: full.id }, data: { allowedCidrs: ["10.0.0.1"] } });
    for (const [id, reason] of [
      [roaming.id, "requires addresses within 10.0.0.0/8"],
      [full.id, "holds every scope"],
    ] as const) {
      const { status, body } = await successorOf(owner, id);
      expect([status, body.error]).toEqual([403, "forbidden"]);
      expect(body.message).toContain(reason);
    }
    expect(await works(roaming.secret)).toBe(true);
  });

  test("and narrowing are not held up by a full quota", async () => {
    const { place, owner } = await placeWith({ maxWorkingTokens: 1 });
    const { id } = await createTokenRow(place, { scopes: ["pipeline:read", "metrics:read"] });
    const narrowed = await call(item.PATCH, `/identity/tokens/${id}`, {
      ...{ ...owner, params: { id }, method: "PATCH", body: { scopes: ["pipeline:read"] } },
    });
    expect(narrowed.status).toBe(200);
    expect((await successorOf(owner, id)).status).toBe(201);
  });
});

describe("a quota of working tokens", () => {
  test("is filled exactly by many creations at once, on several instances; the rest are refused", async () => {
    const quota = 25;
    const instances = [tokens, await anotherInstance(), await anotherInstance(), await anotherInstance()];
    const { place, owner } = await placeWith({ maxWorkingTokens: quota });
    await createTokenRow(place, { expiresAt: inDays(-1) });
    await createTokenRow(place, { revokedAt: new Date() });
    const many = 100;
    const answers = await Promise.all(
      Array.from({ length: many }, (_, index) => {
        const { POST } = instances[index % instances.length] ?? tokens;
        return call(POST, "/identity/tokens", { ...owner, body: { name: "x", permissionSet: "read-only" } });
      }),
    );
    const created = answers.filter(({ status }) => status === 201).length;
    const refused = answers.filter(({ body }) => body.error === "forbidden");
    expect(await db.token.count({ where: { ...place, revokedAt: null, expiresAt: { gt: new Date() } } })).toBe(quota);
    expect(created).toBe(quota);
    expect(refused.length).toBe(many - quota);
    expect(refused[0]?.body.message).toContain(`allows ${quota} working tokens and there are ${quota}`);
    expect(await db.auditEvent.count({ where: { tenantId: place.tenantId, action: "token.created" } })).toBe(quota);
    await db.token.updateMany({ where: place, data: { expiresAt: inDays(-1) } });
    expect((await create(owner, {})).status).toBe(201);
  });
});

/** The route as a process of its own would have it: nothing shared with the others but the database. */
async function anotherInstance(): Promise<typeof tokens> {
  vi.resetModules();
  return import("@/app/identity/tokens/route");
}
