import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import * as identify from "@/app/identity/tokens/identify/route";
import { db } from "@/lib/db/client";
import { type CallOptions, call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import { generateSecret } from "@/lib/tokens/secret";

// Read when lib/env is first imported.
vi.hoisted(() => {
  process.env.RATE_LIMIT_FAILED_AUTH = "3/60";
});

const yesterday = new Date(Date.now() - 86_400_000);
const notFound = "No token that you may see has this secret. It may be of another tenant, or deleted.";
let addresses = 0;

/** From an address of its own, unless the headers name one. */
function ask(secret: unknown, options: CallOptions) {
  const headers = { "x-praxis-client-address": `198.51.100.${++addresses}`, ...options.headers };
  return call(identify.POST, "/identity/tokens/identify", { ...options, headers, body: { secret } });
}

async function readerOf(place: Place) {
  return { token: (await createTokenRow(place, { scopes: ["token:read"] })).secret };
}

describe("a secret that was found", () => {
  test("is told to be which token of the tenant, and that it was asked is on record without the secret", async () => {
    const place = await createPlace();
    const found = await createTokenRow(place, { name: "Deploy job", scopes: ["pipeline:read"] });
    const answer = await ask(`  ${found.secret}\n`, await readerOf(place));
    expect([answer.status, answer.body]).toMatchObject([
      200,
      { id: found.id, name: "Deploy job", status: "active", scopes: ["pipeline:read"], hint: found.hint },
    ]);
    expect(JSON.stringify(answer.body)).not.toContain(found.secret);
    const events = await db.auditEvent.findMany({ where: { targetId: found.id } });
    expect(events).toMatchObject([{ action: "token.identified", tenantId: place.tenantId, targetLabel: found.hint }]);
    expect(inspect(await db.auditEvent.findMany(), { depth: 9, maxArrayLength: null })).not.toContain(
      found.secret.slice(4, 30),
    );
    const { lastUsedAt } = await db.token.findUniqueOrThrow({ where: { id: found.id } });
    expect(lastUsedAt, "asking is not a use").toBeNull();
  });

  test.each([
    ["revoked", { revokedAt: yesterday }],
    ["expired", { expiresAt: yesterday }],
  ])("is told also when it is %s", async (status, options) => {
    const place = await createPlace();
    const found = await createTokenRow(place, options);
    expect((await ask(found.secret, await readerOf(place))).body).toMatchObject({ id: found.id, status });
  });

  test("is one and the same 404 when nobody has it, another tenant or another person", async () => {
    const place = await createPlace();
    const reader = await readerOf(place);
    const foreign = [
      await createTokenRow(await createPlace()),
      await createTokenRow(await createTenant(place)),
      await createTokenRow(place, { kind: "personal" }),
    ];
    for (const secret of [generateSecret("api"), ...foreign.map((token) => token.secret)]) {
      const { status, body } = await ask(secret, reader);
      expect([status, body.error, body.message]).toEqual([404, "not_found", notFound]);
    }
    expect(await db.auditEvent.count({ where: { targetId: { in: foreign.map(({ id }) => id) } } })).toBe(0);
  });

  test("is told to be one's own personal token to a session, and to no token", async () => {
    const place = await createPlace();
    const user = await createMember(place, "viewer");
    const own = await createTokenRow(place, { kind: "personal", creatorId: user.id });
    const headers = contextOf(place);
    expect((await ask(own.secret, { cookie: await sessionCookie(user), headers })).body).toMatchObject({ id: own.id });
    expect((await ask(own.secret, { token: own.secret, headers })).status).toBe(404);
    const [event] = await db.auditEvent.findMany({ where: { targetId: own.id, action: "token.identified" } });
    expect(event).toMatchObject({ organizationId: place.organizationId, tenantId: null, actorId: user.id });
  });

  test("is 400 naming the field, and not the value, when it is malformed", async () => {
    const reader = await readerOf(await createPlace());
    const secret = generateSecret("api");
    for (const flawed of [secret.slice(0, -1), `${secret.slice(0, -1)}_`, "hunter2", "", 7]) {
      const { status, body } = await ask(flawed, reader);
      expect([status, body.issues.map(({ path }: { path: string }) => path)]).toEqual([400, ["secret"]]);
      if (flawed !== "" && flawed !== 7) expect(JSON.stringify(body)).not.toContain(flawed);
    }
  });

  test("needs token:read", async () => {
    const place = await createPlace();
    const { secret } = await createTokenRow(place, { scopes: ["pipeline:read"] });
    expect((await ask(secret, { token: secret })).body).toMatchObject({ error: "insufficient_scope" });
  });

  test("is asked about in vain a few times a minute from one address, and in earnest without end", async () => {
    const place = await createPlace();
    const found = await createTokenRow(place);
    const options = { ...(await readerOf(place)), headers: { "x-praxis-client-address": "203.0.113.99" } };
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 5; attempt++) statuses.push((await ask(generateSecret("api"), options)).status);
    expect(statuses).toEqual([404, 404, 404, 429, 429]);
    expect((await ask(found.secret, options)).status).toBe(200);
  });
});
