import { describe, expect, test } from "vitest";
import * as introspect from "@/app/identity/introspect/route";
import type { Scope } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import { type CallOptions, call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import { generateSecret } from "@/lib/tokens/secret";

const form = "application/x-www-form-urlencoded";
const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);
const reading: readonly Scope[] = ["token:read"];

function ask(body: string, options: CallOptions = {}) {
  const headers = { "content-type": form, ...options.headers };
  return call(introspect.POST, "/identity/introspect", { ...options, body, headers });
}

/** What the tenant's own token:read token is told of another token. */
async function told(place: Place, secret: string) {
  const caller = await createTokenRow(place, { scopes: reading });
  const answer = await ask(new URLSearchParams({ token: secret }).toString(), { token: caller.secret });
  expect(answer.status).toBe(200);
  return answer.body;
}

describe("introspection (RFC 7662)", () => {
  test("describes a working token of the caller's tenant, in seconds and space-separated scopes", async () => {
    const place = await createPlace();
    const expiresAt = new Date(Date.now() + 60 * 60 * 1000);
    const token = await createTokenRow(place, { scopes: ["metrics:write", "pipeline:read"], expiresAt });
    const { createdAt } = await db.token.findUniqueOrThrow({ where: { id: token.id } });
    expect(await told(place, token.secret)).toEqual({
      active: true,
      scope: "pipeline:read metrics:write",
      client_id: token.id,
      token_type: "Bearer",
      exp: Math.floor(expiresAt.getTime() / 1000),
      iat: Math.floor(createdAt.getTime() / 1000),
      sub: token.id,
      iss: "http://127.0.0.1:3000",
      jti: token.id,
      organization_id: place.organizationId,
      tenant_id: place.tenantId,
    });
  });

  test("a token that never expires has no exp", async () => {
    const place = await createPlace();
    expect(await told(place, (await createTokenRow(place)).secret)).not.toHaveProperty("exp");
  });

  test("a superseded token is active until it expires", async () => {
    const place = await createPlace();
    const token = await createTokenRow(place, { expiresAt: new Date(Date.now() + 60_000) });
    await db.token.update({ where: { id: token.id }, data: { supersededAt: yesterday } });
    expect((await told(place, token.secret)).active).toBe(true);
    await db.token.update({ where: { id: token.id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect(await told(place, token.secret)).toEqual({ active: false });
  });

  test("foreign, revoked, expired, personal, unknown and malformed tokens are told apart to no one", async () => {
    const place = await createPlace();
    const secrets = [
      (await createTokenRow(await createPlace())).secret,
      (await createTokenRow(await createTenant(place))).secret,
      (await createTokenRow(place, { revokedAt: yesterday })).secret,
      (await createTokenRow(place, { expiresAt: yesterday })).secret,
      (await createTokenRow(place, { kind: "personal" })).secret,
      generateSecret("api"),
      "pxt_short",
      "eyJhbGciOiJub25lIn0.e30.",
    ];
    for (const secret of secrets) expect(await told(place, secret)).toEqual({ active: false });
  });

  test("scopes that depend on the creator end with the creator's rights", async () => {
    const place = await createPlace();
    const token = await createTokenRow(place, { scopes: ["pipeline:read", "user:read"] });
    expect((await told(place, token.secret)).scope).toBe("pipeline:read user:read");
    await db.user.update({ where: { id: token.creatorId }, data: { disabledAt: new Date() } });
    expect((await told(place, token.secret)).scope).toBe("pipeline:read");
  });

  test("a plan that no longer lets programs in makes its tokens inactive", async () => {
    const place = await createPlace();
    const { secret } = await createTokenRow(place);
    await db.organization.update({ where: { id: place.organizationId }, data: { plan: "starter" } });
    const cookie = await sessionCookie(await createMember(place, "owner"));
    const answer = await ask(`token=${secret}`, { cookie, headers: contextOf(place) });
    expect(answer.body).toEqual({ active: false });
  });

  test("is no use of the token it is about, only of the caller's own", async () => {
    const place = await createPlace();
    const caller = await createTokenRow(place, { scopes: reading });
    const token = await createTokenRow(place);
    await ask(`token=${token.secret}`, { token: caller.secret });
    const lastUsedAt = async (id: string) => (await db.token.findUniqueOrThrow({ where: { id } })).lastUsedAt;
    expect(await lastUsedAt(token.id)).toBeNull();
    expect(await lastUsedAt(caller.id)).not.toBeNull();
    expect(await db.auditEvent.count({ where: { targetId: token.id } })).toBe(0);
    const events = await db.auditEvent.findMany({ where: { targetId: caller.id }, omit: { sequence: true } });
    expect(events).toMatchObject([{ action: "token.used", details: { scope: "token:read", status: 200 } }]);
    expect(JSON.stringify(events)).not.toContain(token.secret);
  });
});

describe("who may introspect", () => {
  test("a session and a personal token with token:read, in the context they name", async () => {
    const place = await createPlace();
    const { secret } = await createTokenRow(place);
    const editor = await createMember(place, "editor");
    const cookie = await sessionCookie(editor);
    const personal = await createTokenRow(place, { kind: "personal", creatorId: editor.id });
    for (const credential of [{ cookie }, { token: personal.secret }]) {
      const answer = await ask(`token=${secret}`, { ...credential, headers: contextOf(place) });
      expect([answer.status, answer.body.active]).toEqual([200, true]);
      expect((await ask(`token=${secret}`, credential)).body.error).toBe("context_required");
    }
  });

  test("nobody without token:read, whatever the token is", async () => {
    const place = await createPlace();
    const caller = await createTokenRow(place, { scopes: ["pipeline:read"] });
    const answer = await ask(`token=${caller.secret}`, { token: caller.secret });
    expect([answer.status, answer.body.scope]).toEqual([403, "token:read"]);
    expect((await ask(`token=${caller.secret}`)).status).toBe(401);
  });
});

describe("the form", () => {
  test("takes a type hint and ignores parameters of other names (RFC 6749 §3.2)", async () => {
    const place = await createPlace();
    const { secret: token } = await createTokenRow(place, { scopes: reading });
    const body = `token=${token}&token_type_hint=refresh_token&client_id=x`;
    const answer = await ask(body, { token, headers: { "content-type": `${form}; charset=UTF-8` } });
    expect(answer.body.active).toBe(true);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test.each([
    ["no token", "token_type_hint=access_token", "token"],
    ["an empty token", "token=", "token"],
    ["two tokens", "token=a&token=b", "token"],
    ["a NUL", "token=%00", "token"],
  ])("with %s is 400 naming it", async (_what, body, path) => {
    const { secret: token } = await createTokenRow(await createPlace(), { scopes: reading });
    const answer = await ask(body, { token });
    expect([answer.status, answer.body.error, answer.body.issues[0].path]).toEqual([400, "invalid_request", path]);
  });

  test("is the only body: JSON is 415, and more than 1 MiB is 413", async () => {
    const { secret: token } = await createTokenRow(await createPlace(), { scopes: reading });
    const json = await call(introspect.POST, "/identity/introspect", { token, body: { token } });
    expect([json.status, json.body.error]).toEqual([415, "unsupported_media_type"]);
    const large = await ask(`token=${"x".repeat(1024 * 1024)}`, { token });
    expect([large.status, large.body.error]).toEqual([413, "payload_too_large"]);
  });
});
