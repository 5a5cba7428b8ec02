import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import * as pipelines from "@/app/v1/[...path]/route";
import { db } from "@/lib/db/client";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow } from "@/lib/test/fixtures";
import { generateSecret } from "@/lib/tokens/secret";

const path = "/v1/pipelines";
const get = (options: Parameters<typeof call>[2]) => call(pipelines.GET, path, options);
const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);

describe("a bad token", () => {
  test("is one and the same 401, whatever the cause", async () => {
    const place = await createPlace();
    const scopes = ["pipeline:read"] as const;
    const revoked = await createTokenRow(place, { scopes, revokedAt: yesterday });
    const expired = await createTokenRow(place, { scopes, expiresAt: yesterday });
    const disabled = await createTokenRow(place, { kind: "personal" });
    await db.user.update({ where: { id: disabled.creatorId }, data: { disabledAt: new Date() } });
    for (const token of [
      revoked.secret,
      expired.secret,
      disabled.secret,
      generateSecret("api"),
      "garbage",
      "pxt_short",
    ]) {
      const answer = await get({ token, headers: contextOf(place) });
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="praxis", error="invalid_token"');
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(answer.body).toEqual({
        type: "about:blank",
        title: "Unauthorized",
        status: 401,
        error: "unauthorized",
        message: "Invalid or expired authentication token",
        correlationId: answer.headers.get("x-correlation-id"),
      });
    }
  });

  test("no credential is a challenge without an error code (RFC 6750 §3)", async () => {
    const answer = await get({});
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="praxis"');
  });

  test.each(["Basic dXNlcjpwYXNz", "Bearer", "Bearer a b", "Bearer a, Bearer b", "Token x"])(
    "%j is refused, also beside a good session cookie",
    async (authorization) => {
      const place = await createPlace();
      const cookie = await sessionCookie(await createMember(place, "owner"));
      expect((await get({ cookie, headers: { ...contextOf(place), authorization } })).status).toBe(401);
    },
  );

  test("a session token is no bearer token, and a bearer token no session", async () => {
    const place = await createPlace();
    const cookie = await sessionCookie(await createMember(place, "owner"));
    const { secret } = await createTokenRow(place, { scopes: ["pipeline:read"] });
    const headers = contextOf(place);
    expect((await get({ token: cookie.split("=")[1] ?? "", headers })).status).toBe(401);
    expect((await get({ cookie: `next-auth.session-token=${secret}`, headers })).status).toBe(401);
  });

  test("the scheme is case-insensitive (RFC 9110 §11.1)", async () => {
    const { secret } = await createTokenRow(await createPlace(), { scopes: ["pipeline:read"] });
    expect((await get({ headers: { authorization: `bEARER ${secret}` } })).status).toBe(200);
  });
});

describe("a working token", () => {
  test("without the scope: 403 names it, in the body and the challenge", async () => {
    const { secret } = await createTokenRow(await createPlace(), { scopes: ["pipeline:read"] });
    const answer = await call(pipelines.POST, path, { token: secret, body: {} });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ error: "insufficient_scope", scope: "pipeline:write" });
    expect(answer.headers.get("www-authenticate")).toBe(
      'Bearer realm="praxis", error="insufficient_scope", scope="pipeline:write"',
    );
  });

  test("derives its context, accepts it named, refuses another and a malformed one", async () => {
    const place = await createPlace();
    const sibling = await createTenant(place);
    const { secret: token } = await createTokenRow(place, { scopes: ["pipeline:read"] });
    expect((await get({ token })).status).toBe(200);
    expect((await get({ token, headers: contextOf(place) })).status).toBe(200);
    for (const headers of [contextOf(sibling), { "x-ne-org-id": randomUUID() }, { "x-ne-tenant-id": randomUUID() }]) {
      const answer = await get({ token, headers });
      expect([answer.status, answer.body.error]).toEqual([403, "context_mismatch"]);
    }
    const malformed = await get({ token, headers: { "x-ne-org-id": "acme", "x-ne-tenant-id": "1" } });
    expect(malformed.status).toBe(400);
    expect(malformed.body.issues.map((issue: { path: string }) => issue.path)).toEqual([
      "x-ne-org-id",
      "x-ne-tenant-id",
    ]);
  });

  test("keeps its data scopes when its creator leaves", async () => {
    const token = await createTokenRow(await createPlace(), { scopes: ["pipeline:read"] });
    await db.user.update({ where: { id: token.creatorId }, data: { disabledAt: new Date() } });
    expect((await get({ token: token.secret })).status).toBe(200);
  });

  test("a personal token acts with its user's current role, in a context it names", async () => {
    const place = await createPlace();
    const viewer = await createMember(place, "viewer");
    const { secret: token } = await createTokenRow(place, { kind: "personal", creatorId: viewer.id });
    const write = () => call(pipelines.POST, path, { token, headers: contextOf(place), body: {} });
    expect((await get({ token })).body.error).toBe("context_required");
    expect((await get({ token, headers: contextOf(place) })).status).toBe(200);
    expect((await write()).status).toBe(403);
    await db.membership.updateMany({ where: { userId: viewer.id }, data: { role: "editor" } });
    expect((await write()).status).toBe(400);
    await db.membership.deleteMany({ where: { userId: viewer.id } });
    expect((await get({ token, headers: contextOf(place) })).status).toBe(404);
  });
});

describe("the record of use", () => {
  test("every call is on record before it is answered, and moves lastUsedAt", async () => {
    const place = await createPlace();
    const token = await createTokenRow(place, { scopes: ["pipeline:read"] });
    const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    await get({
      token: token.secret,
      headers: {
        traceparent: `00-${trace}-00f067aa0ba902b7-01`,
        "user-agent": "ci/1.0",
        "x-praxis-client-address": "203.0.113.7",
      },
    });
    await call(pipelines.POST, path, { token: token.secret, body: {} });
    const events = await db.auditEvent.findMany({ where: { targetId: token.id }, orderBy: { occurredAt: "asc" } });
    expect(events).toMatchObject([
      {
        action: "token.used",
        outcome: "success",
        correlationId: trace,
        address: "203.0.113.7",
        userAgent: "ci/1.0",
        tenantId: place.tenantId,
        details: { scope: "pipeline:read", method: "GET", path, status: 200 },
      },
      { action: "token.used", outcome: "denied", reason: null, details: { scope: "pipeline:write", status: 403 } },
    ]);
    const row = await db.token.findUniqueOrThrow({ where: { id: token.id } });
    expect(row.lastUsedAt).not.toBeNull();
  });

  test("a refused token's reason is on record, and only there; its lastUsedAt stays", async () => {
    const token = await createTokenRow(await createPlace(), { scopes: ["pipeline:read"], revokedAt: yesterday });
    await get({ token: token.secret });
    const events = await db.auditEvent.findMany({ where: { targetId: token.id } });
    expect(events).toMatchObject([
      { action: "token.used", outcome: "denied", reason: "revoked", details: { status: 401 } },
    ]);
    expect((await db.token.findUniqueOrThrow({ where: { id: token.id } })).lastUsedAt).toBeNull();
  });

  test("a hundred concurrent calls with ten tokens leave a hundred records and no deadlock", async () => {
    const place = await createPlace();
    const tokens = await Promise.all(
      Array.from({ length: 10 }, () => createTokenRow(place, { scopes: ["pipeline:read"] })),
    );
    const calls = Array.from({ length: 100 }, (_, index) => get({ token: tokens[index % 10]?.secret ?? "" }));
    expect((await Promise.all(calls)).every(({ status }) => status === 200)).toBe(true);
    const ids = tokens.map(({ id }) => id);
    expect(await db.auditEvent.count({ where: { targetId: { in: ids }, action: "token.used" } })).toBe(100);
  });

  test("no secret is in it", async () => {
    const token = await createTokenRow(await createPlace(), { scopes: ["pipeline:read"] });
    await get({ token: token.secret });
    const events = await db.auditEvent.findMany({ where: { targetId: token.id }, omit: { sequence: true } });
    expect(JSON.stringify(events)).not.toContain(token.secret);
  });
});
