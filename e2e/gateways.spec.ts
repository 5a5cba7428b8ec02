import { createHash } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { expect, test } from "@playwright/test";
import { db } from "@/lib/db/client";
import { freePort } from "@/lib/free-port";
import { createPlace, createTokenRow, type Place } from "@/lib/test/fixtures";
import { gateways, type Running, startSilence, startUpstream } from "./support/gateways";
import { startAnotherInstance } from "./support/service";
import { url } from "./support/story";

// No browser here: programs call an upstream through real gateways, run from the files in docs/gateways.

/** Calls per token and minute at the instance that these gateways ask. */
const limit = 5;
const spoofed = {
  "x-token-id": "spoofed",
  "x-token-scopes": "spoofed",
  "x-token_id": "spoofed",
  x_token_id: "spoofed",
  x_ne_org_id: "spoofed",
  "x-ne_org_id": "spoofed",
  "x-ne-org_id": "spoofed",
};

for (const gateway of gateways)
  test.describe(`${gateway.name} in front of an upstream`, () => {
    test.skip(!gateway.isHere, `NOT TESTED: there is no ${gateway.name} on this machine`);
    test.describe.configure({ mode: "default" });

    let service: Awaited<ReturnType<typeof startAnotherInstance>>;
    let upstream: Running;
    let silence: Running;
    let running: Running;
    let place: Place;

    test.beforeAll(async () => {
      test.setTimeout(120_000);
      service = await startAnotherInstance({ RATE_LIMIT_TOKEN: `${limit}/60`, TRUSTED_PROXIES: "127.0.0.1" });
      upstream = await startUpstream();
      silence = await startSilence();
      running = await gateway.start({ identity: new URL(service.url).host, upstream: upstream.address });
      place = await createPlace();
    });
    test.afterAll(async () => {
      await running?.stop();
      await upstream?.stop();
      await silence?.stop();
      await service?.stop();
    });

    const reader = () => createTokenRow(place, { scopes: ["pipeline:read"] });
    const call = (token: string | null, path = "/orders/7?key=hunter2", init: RequestInit = {}) =>
      send(running.address, token, path, init);

    test("an allowed call reaches it with who is calling, and neither the secret nor a client's claims", async () => {
      const token = await reader();
      const headers = { ...spoofed, "x-ne-org-id": place.organizationId, cookie: "session=1" };
      const { status, body } = await call(token.secret, undefined, { headers });
      expect(status).toBe(200);
      expect(body).toMatchObject({ method: "GET", url: "/orders/7?key=hunter2" });
      expect(body.headers).toMatchObject({
        "x-ne-org-id": place.organizationId,
        "x-ne-tenant-id": place.tenantId,
        "x-token-id": token.id,
        "x-token-scopes": "pipeline:read",
        cookie: "session=1",
      });
      expect(JSON.stringify(body.headers)).not.toContain("spoofed");
      expect(JSON.stringify(body.headers)).not.toContain(token.secret);
    });

    test("its call is on record with the client's true address, method and path", async () => {
      const token = await reader();
      const headers = { "x-forwarded-uri": "/elsewhere", "x-forwarded-method": "GET", "x-forwarded-for": "192.0.2.1" };
      expect((await call(token.secret, undefined, { method: "HEAD", headers })).status).toBe(200);
      const event = await db.auditEvent.findFirstOrThrow({ where: { targetId: token.id } });
      expect(event).toMatchObject({
        address: "127.0.0.1",
        details: { scope: "pipeline:read", status: 200, forwarded: { method: "HEAD", path: "/orders/7" } },
      });
    });

    test("the scopes that reach it are those in force now, and none of the client's choosing", async () => {
      const token = await createTokenRow(place, { scopes: ["pipeline:read", "user:read"] });
      await db.user.update({ where: { id: token.creatorId }, data: { disabledAt: new Date() } });
      const { body } = await call(token.secret, undefined, { headers: { "x-token-scopes": "user:read" } });
      expect(body.headers["x-token-scopes"]).toBe("pipeline:read");
    });

    test("a body passes through, once the call is allowed, and only then", async () => {
      const writer = await createTokenRow(place, { scopes: ["pipeline:write"] });
      const content = "x".repeat(100_000);
      const allowed = await call(writer.secret, "/orders", { method: "POST", body: content });
      const bodySha256 = createHash("sha256").update(content).digest("hex");
      expect([allowed.status, allowed.body.bodySha256]).toEqual([200, bodySha256]);
      expect((await call(null, "/orders", { method: "POST", body: content })).status).toBe(401);
    });

    test("no token is 401 with a bare challenge, also with a cookie", async () => {
      for (const headers of [{}, { cookie: "next-auth.session-token=x" }]) {
        const { status, body, challenge } = await call(null, "/orders", { headers });
        expect([status, body.error, challenge]).toEqual([401, "unauthorized", 'Bearer realm="praxis"']);
      }
    });

    test("a token revoked between two calls is 200, then 401", async () => {
      const token = await reader();
      expect((await call(token.secret)).status).toBe(200);
      await db.token.update({
        where: { id: token.id },
        data: { revokedAt: new Date(), revokedById: token.creatorId, revokedReason: "compromised" },
      });
      const { status, body, challenge, type } = await call(token.secret);
      expect([status, body.error, type]).toEqual([401, "unauthorized", "application/problem+json"]);
      expect(challenge).toBe('Bearer realm="praxis", error="invalid_token"');
    });

    test("a call beyond the token's scopes is 403 and names the scope", async () => {
      const { secret } = await reader();
      const { status, body, challenge, type } = await call(secret, "/orders", { method: "DELETE" });
      expect([status, body.error, body.scope]).toEqual([403, "insufficient_scope", "pipeline:write"]);
      expect(type).toBe("application/problem+json");
      expect(challenge).toBe('Bearer realm="praxis", error="insufficient_scope", scope="pipeline:write"');
    });

    test("a call in another context is 403, in a malformed one 400", async () => {
      const { secret } = await reader();
      const other = await call(secret, "/orders", { headers: { "x-ne-org-id": (await createPlace()).organizationId } });
      expect([other.status, other.body.error]).toEqual([403, "context_mismatch"]);
      const malformed = await call(secret, "/orders", { headers: { "x-ne-tenant-id": "east" } });
      expect([malformed.status, malformed.body.issues[0].path]).toEqual([400, "x-ne-tenant-id"]);
    });

    test("a token beyond its rate limit is 429 with Retry-After, and others are not", async () => {
      const { secret } = await reader();
      for (let allowed = 0; allowed < limit; allowed++) expect((await call(secret)).status).toBe(200);
      const { status, body, retryAfter, type } = await call(secret);
      expect([status, body.error, type]).toEqual([429, "rate_limited", "application/problem+json"]);
      expect(Number(retryAfter)).toBeGreaterThan(0);
      expect((await call((await reader()).secret)).status).toBe(200);
    });

    test("the upstream's own refusals and faults stay its own", async () => {
      const { secret } = await reader();
      for (const own of [401, 403, 500, 503]) {
        const { status, body } = await call(secret, `/status/${own}`);
        expect([status, body.url]).toEqual([own, `/status/${own}`]);
      }
    });

    test("nothing passes while the service is down or silent: 503 that says nothing was decided", async () => {
      const { secret } = await reader();
      for (const identity of [`127.0.0.1:${await freePort()}`, silence.address]) {
        const alone = await gateway.start({ identity, upstream: upstream.address });
        const answer = await send(alone.address, secret, "/orders").finally(alone.stop);
        const { status, body, retryAfter, type } = answer;
        expect([status, body.error, retryAfter, type]).toEqual([503, "unavailable", "1", "application/problem+json"]);
      }
    });
  });

test.describe("the endpoint that gateways ask", () => {
  for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
    test(`answers ${method} at once, though the body its headers announce never comes`, async () => {
      const { id, secret } = await createTokenRow(await createPlace());
      const asked = request(url("/identity/verify"), {
        method,
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json", "content-length": "1000" },
      });
      const answered = once(asked, "response");
      asked.flushHeaders();
      const [response] = await answered;
      expect([response.statusCode, response.headers["x-token-id"]]).toEqual([200, id]);
      asked.destroy();
    });

  test("says yes to no other method", async () => {
    const { secret } = await createTokenRow(await createPlace());
    for (const method of ["OPTIONS", "PROPFIND"]) {
      const headers = { authorization: `Bearer ${secret}` };
      const { status } = await fetch(url("/identity/verify"), { method, headers });
      expect(status).toBeGreaterThanOrEqual(400);
    }
  });
});

async function send(address: string, token: string | null, path: string, init: RequestInit = {}) {
  const headers = new Headers(init.headers);
  if (token !== null) headers.set("authorization", `Bearer ${token}`);
  const response = await fetch(`http://${address}${path}`, { ...init, headers });
  const text = await response.text();
  return {
    status: response.status,
    body: text === "" ? null : JSON.parse(text),
    type: response.headers.get("content-type"),
    challenge: response.headers.get("www-authenticate"),
    retryAfter: response.headers.get("retry-after"),
  };
}
