import { randomUUID } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import * as verify from "@/app/identity/verify/route";
import { roles } from "@/lib/access/roles";
import { sortScopes } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { type CallOptions, call, contextOf, sessionCookie } from "@/lib/test/calls";
import { query } from "@/lib/test/databases";
import { createMember, createPlace, createTenant, createTokenRow } from "@/lib/test/fixtures";
import { generateSecret } from "@/lib/tokens/secret";

const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);

function ask(search: string, options: CallOptions = {}) {
  return call(verify.GET, `/identity/verify${search}`, options);
}

describe("a verdict", () => {
  test.each([
    ["GET", verify.GET],
    ["HEAD", verify.GET],
    ["POST", verify.POST],
    ["PUT", verify.PUT],
    ["PATCH", verify.PATCH],
    ["DELETE", verify.DELETE],
  ])("on %s is 200, no body, and who it is in four headers", async (method, handler) => {
    const place = await createPlace();
    const token = await createTokenRow(place, { scopes: ["metrics:write", "pipeline:read"] });
    const answer = await call(handler, "/identity/verify?scope=pipeline:read", { token: token.secret, method });
    expect([answer.status, answer.body]).toEqual([200, null]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "x-ne-org-id": place.organizationId,
      "x-ne-tenant-id": place.tenantId,
      "x-token-id": token.id,
      "x-token-scopes": "pipeline:read metrics:write",
      "cache-control": "no-store",
    });
  });

  test("on OPTIONS is none: no gateway can take the answer for a yes", async () => {
    expect((await call(verify.OPTIONS, "/identity/verify", { method: "OPTIONS" })).status).toBe(405);
  });

  test("demands every scope, and names the one that is missing", async () => {
    const { secret: token } = await createTokenRow(await createPlace(), { scopes: ["pipeline:read", "alerts:read"] });
    expect((await ask("?scope=pipeline:read+alerts:read", { token })).status).toBe(200);
    const answer = await ask("?scope=pipeline:read%20pipeline:write", { token });
    expect(answer.body).toMatchObject({ error: "insufficient_scope", scope: "pipeline:write" });
    expect(answer.headers.get("www-authenticate")).toContain('error="insufficient_scope", scope="pipeline:write"');
    expect(answer.headers.has("x-token-id")).toBe(false);
  });

  test("without a scope is for any working token, also one that may do nothing any more", async () => {
    const token = await createTokenRow(await createPlace(), { scopes: ["user:read"] });
    await db.user.update({ where: { id: token.creatorId }, data: { disabledAt: new Date() } });
    const answer = await ask("", { token: token.secret });
    expect([answer.status, answer.headers.get("x-token-scopes")]).toEqual([200, ""]);
    expect((await ask("?scope=user:read", { token: token.secret })).status).toBe(403);
  });

  test.each(["?scope=pipeline:erase", "?scope=pipeline:*", "?scope=", "?scope=%20", "?gateway=apache", "?x=1"])(
    "is not given on %j: 400",
    async (search) => {
      const { secret: token } = await createTokenRow(await createPlace(), { scopes: ["pipeline:read"] });
      expect((await ask(search, { token })).status).toBe(400);
    },
  );

  test("is not given on a repeated scope: 400", async () => {
    const { secret: token } = await createTokenRow(await createPlace(), { scopes: ["pipeline:read"] });
    expect((await ask("?scope=pipeline:read&scope=pipeline:write", { token })).status).toBe(400);
  });

  test("never waits for the body that the gateway's headers announce", async () => {
    const { secret } = await createTokenRow(await createPlace());
    // `duplex` is what fetch demands of a streamed body; DOM's types do not know it.
    const streamed: RequestInit & { duplex: "half" } = {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json", "content-length": "9999999" },
      body: new ReadableStream({ pull: () => new Promise(() => undefined) }),
      duplex: "half",
    };
    const request = new Request("http://127.0.0.1:3000/identity/verify", streamed);
    const response = await verify.POST(request, { params: Promise.resolve(undefined) });
    expect([response.status, request.bodyUsed]).toEqual([200, false]);
  });
});

describe("who is verified", () => {
  test("no session, ever: a cookie is no credential here, alone or beside a bad token", async () => {
    const place = await createPlace();
    const cookie = await sessionCookie(await createMember(place, "owner"));
    const headers = contextOf(place);
    const alone = await ask("", { cookie, headers });
    expect([alone.status, alone.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="praxis"']);
    const crossSite = { ...headers, "sec-fetch-site": "cross-site" };
    expect((await call(verify.POST, "/identity/verify", { cookie, headers: crossSite, body: "" })).status).toBe(401);
    expect((await ask("", { cookie, headers, token: generateSecret("api") })).status).toBe(401);
  });

  test("no dead token: revoked, expired, of a disabled user, unknown or malformed is 401", async () => {
    const place = await createPlace();
    const disabled = await createTokenRow(place, { kind: "personal" });
    await db.user.update({ where: { id: disabled.creatorId }, data: { disabledAt: new Date() } });
    const revoked = await createTokenRow(place, { revokedAt: yesterday });
    const expired = await createTokenRow(place, { expiresAt: yesterday });
    const secrets = [revoked.secret, expired.secret, disabled.secret, generateSecret("api"), "garbage"];
    for (const token of secrets) {
      const answer = await ask("", { token, headers: contextOf(place) });
      expect([answer.status, answer.body.error]).toEqual([401, "unauthorized"]);
    }
  });

  test("a revoked token is refused by the next call; a superseded one works until it expires", async () => {
    const token = await createTokenRow(await createPlace());
    await db.token.update({ where: { id: token.id }, data: { supersededAt: yesterday } });
    expect((await ask("", { token: token.secret })).status).toBe(200);
    await db.token.update({
      where: { id: token.id },
      data: { revokedAt: new Date(), revokedById: token.creatorId, revokedReason: "compromised" },
    });
    expect((await ask("", { token: token.secret })).status).toBe(401);
  });

  test("an API token in no other context than its own, whatever its client names", async () => {
    const place = await createPlace();
    const { secret: token } = await createTokenRow(place);
    expect((await ask("", { token, headers: contextOf(place) })).status).toBe(200);
    for (const headers of [contextOf(await createTenant(place)), { "x-ne-org-id": randomUUID() }])
      expect((await ask("", { token, headers })).body.error).toBe("context_mismatch");
    expect((await ask("", { token, headers: { "x-ne-tenant-id": "east" } })).status).toBe(400);
  });

  test("a personal token with its user's current rights, in a context its client names", async () => {
    const place = await createPlace();
    const viewer = await createMember(place, "viewer");
    const { secret: token } = await createTokenRow(place, { kind: "personal", creatorId: viewer.id });
    const headers = contextOf(place);
    expect((await ask("", { token })).body.error).toBe("context_required");
    const allowed = await ask("?scope=pipeline:read", { token, headers });
    expect(allowed.headers.get("x-ne-tenant-id")).toBe(place.tenantId);
    expect(allowed.headers.get("x-token-scopes")).toBe(sortScopes(roles.viewer.scopes).join(" "));
    expect((await ask("?scope=pipeline:write", { token, headers })).status).toBe(403);
    expect((await ask("", { token, headers: contextOf(await createPlace()) })).status).toBe(404);
  });

  test("nobody of an organization whose plan does not let programs in", async () => {
    const place = await createPlace({ plan: "starter" });
    for (const kind of ["api", "personal"] as const) {
      const { secret: token } = await createTokenRow(place, { kind });
      expect((await ask("", { token, headers: contextOf(place) })).body.error).toBe("plan_required");
    }
  });
});

describe("the record", () => {
  test("is of a use like any other, with what the gateway says it was asked", async () => {
    const token = await createTokenRow(await createPlace(), { scopes: ["pipeline:read", "alerts:read"] });
    await ask("?scope=pipeline:read+alerts:read", {
      token: token.secret,
      headers: { "x-forwarded-method": "DELETE", "x-forwarded-uri": "/orders/7?access_token=hunter2" },
    });
    const [event] = await db.auditEvent.findMany({ where: { targetId: token.id } });
    expect(event).toMatchObject({
      action: "token.used",
      outcome: "success",
      details: {
        scope: "pipeline:read alerts:read",
        method: "GET",
        path: "/identity/verify",
        status: 200,
        forwarded: { method: "DELETE", path: "/orders/7" },
      },
    });
    expect((await db.token.findUniqueOrThrow({ where: { id: token.id } })).lastUsedAt).not.toBeNull();
  });

  test("knows nginx's usual names, says so of refusals too, and nothing of it decides", async () => {
    const token = await createTokenRow(await createPlace(), { scopes: ["pipeline:read"] });
    const headers = { "x-original-method": "GET", "x-original-uri": `/${"a".repeat(2000)}` };
    expect((await ask("?scope=pipeline:write", { token: token.secret, headers })).status).toBe(403);
    await ask("?scope=nonsense%00", { token: token.secret });
    const events = await db.auditEvent.findMany({ where: { targetId: token.id }, orderBy: { occurredAt: "asc" } });
    expect(events).toMatchObject([
      {
        outcome: "denied",
        details: {
          scope: "pipeline:write",
          status: 403,
          forwarded: { method: "GET", path: `/${"a".repeat(511)}` },
        },
      },
      { outcome: "denied", details: { scope: null, status: 400, forwarded: { method: null, path: null } } },
    ]);
  });
});

describe("for nginx, whose auth_request passes on 2xx, 401 and 403 alone", () => {
  test("these stay, and say so in x-auth-status", async () => {
    const { secret: token } = await createTokenRow(await createPlace(), { scopes: ["pipeline:read"] });
    const allowed = await ask("?gateway=nginx&scope=pipeline:read", { token });
    expect([allowed.status, allowed.headers.get("x-auth-status")]).toEqual([200, "200"]);
    expect(allowed.headers.has("x-auth-problem")).toBe(false);
    const denied = await ask("?gateway=nginx&scope=pipeline:write", { token });
    expect([denied.status, denied.headers.get("x-auth-status")]).toEqual([403, "403"]);
    expect(JSON.parse(denied.headers.get("x-auth-problem") ?? "")).toEqual(denied.body);
    const unknown = await ask("?gateway=nginx");
    expect([unknown.status, unknown.headers.get("x-auth-status")]).toEqual([401, "401"]);
    expect(unknown.headers.get("www-authenticate")).toBe('Bearer realm="praxis"');
  });

  test("anything else is 403 there, with its own status and body in headers that hold ASCII only", async () => {
    const { secret: token } = await createTokenRow(await createPlace(), { scopes: ["pipeline:read"] });
    for (const search of ["?gateway=nginx&scope=pipelin%C3%A9", "?gateway=nginx&gateway=nginx"]) {
      const answer = await ask(search, { token });
      expect([answer.status, answer.headers.get("x-auth-status"), answer.body.status]).toEqual([403, "400", 400]);
      const problem = answer.headers.get("x-auth-problem") ?? "";
      expect(problem).toMatch(/^[\x20-\x7e]+$/);
      expect(JSON.parse(problem)).toEqual(answer.body);
    }
  });

  test("a database that is down is 503, and 403 there with retry-after: never a yes, and never a 401", async () => {
    const { secret } = await createTokenRow(await createPlace(), { scopes: ["pipeline:read"] });
    const url = process.env.DATABASE_URL ?? "";
    await withoutDatabase(url, async () => {
      for (const token of [secret, generateSecret("api")]) {
        const plain = await ask("", { token });
        expect([plain.status, plain.body.error, plain.headers.get("retry-after")]).toEqual([503, "unavailable", "1"]);
        const folded = await ask("?gateway=nginx", { token });
        expect([folded.status, folded.headers.get("x-auth-status")]).toEqual([403, "503"]);
        expect([folded.body.error, folded.headers.get("retry-after")]).toEqual(["unavailable", "1"]);
      }
    });
    expect((await ask("?gateway=nginx", { token: secret })).status).toBe(200);
  });
});

/** Runs this while every connection of the pool is gone and new ones are refused. */
async function withoutDatabase(url: string, work: () => Promise<void>): Promise<void> {
  process.env.DATABASE_URL = "postgresql://nobody@127.0.0.1:1/none";
  try {
    await query(
      url,
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await vi.waitFor(() => expect(pool.totalCount).toBe(0));
    await work();
  } finally {
    process.env.DATABASE_URL = url;
  }
}
