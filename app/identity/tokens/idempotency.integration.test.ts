import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { keepHouse } from "@/lib/jobs/keep-house";
import { type CallOptions, call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import * as rotate from "./[id]/rotate/route";
import * as item from "./[id]/route";
import * as revoke from "./revoke/route";
import * as list from "./route";

const path = "/identity/tokens";
const input = { name: "CI", scopes: ["pipeline:read"], description: "Nightly", expiresAt: null };

type Caller = Pick<CallOptions, "cookie" | "token" | "headers">;

async function adminOf(place: Place): Promise<Caller> {
  const cookie = await sessionCookie(await createMember(place, "admin"));
  return { cookie, headers: contextOf(place) };
}

const create = (caller: Caller, key: string, body: object = input) =>
  call(list.POST, path, { ...caller, headers: { ...caller.headers, "idempotency-key": key }, body });

const rotateWith = (caller: Caller, id: string, key: string, overlapSeconds = 60) =>
  call(rotate.POST, `${path}/${id}/rotate`, {
    ...caller,
    ...{ headers: { ...caller.headers, "idempotency-key": key }, params: { id }, body: { overlapSeconds } },
  });

const created = (place: Place) => db.auditEvent.count({ where: { tenantId: place.tenantId, action: "token.created" } });
const tokensOf = (place: Place) => db.token.count({ where: { tenantId: place.tenantId } });

describe("a retry with the same Idempotency-Key", () => {
  test("gets the same token and the same secret; there is one token and one event", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const key = randomUUID();
    const first = await create(admin, key);
    // The same fields in another order, and the key as a structured field has it.
    const { name, ...rest } = input;
    const second = await create(admin, `"${key}"`, { ...rest, name });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect([await tokensOf(place), await created(place)]).toEqual([1, 1]);
  });

  test("twenty at once get the one token", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(admin, key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect(new Set(answers.map(({ body }) => body.secret)).size).toBe(1);
    expect([await tokensOf(place), await created(place)]).toEqual([1, 1]);
  });

  test("of a rotation gets the one successor, also at once", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const { id } = await createTokenRow(place, { scopes: ["pipeline:read"] });
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 5 }, () => rotateWith(admin, id, key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(201));
    expect(new Set(answers.map(({ body }) => body.secret)).size).toBe(1);
    expect(answers[0]?.body.token.rotatedFromId).toBe(id);
    expect(await tokensOf(place)).toBe(2);
    expect((await rotateWith(admin, id, randomUUID())).status).toBe(409);
  });

  test("with other input, or for another operation, answers 409 and issues nothing", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const { id } = await createTokenRow(place, { scopes: ["pipeline:read"] });
    const key = randomUUID();
    await create(admin, key);
    const message = "This Idempotency-Key was used for another request; send that one again, or a new key";
    expect(await create(admin, key, { ...input, name: "CI 2" })).toMatchObject({
      ...{ status: 409, body: { error: "conflict", message } },
    });
    expect((await rotateWith(admin, id, key)).status).toBe(409);
    expect(await tokensOf(place)).toBe(2);
  });

  test("for two operations at once serves the one that the database takes first", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const { id } = await createTokenRow(place, { scopes: ["pipeline:read"] });
    const key = randomUUID();
    const answers = await Promise.all([create(admin, key), rotateWith(admin, id, key)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect([await tokensOf(place), await created(place)]).toEqual([2, 1]);
  });

  test("of another caller, or in another tenant, is another key", async () => {
    const place = await createPlace();
    const sibling = await createTenant(place);
    const admin = await adminOf(place);
    await db.tenant.update({ where: { id: place.tenantId }, data: { tokensMayCreateTokens: true } });
    const parent = await createTokenRow(place, { scopes: ["token:write", "pipeline:read"] });
    const callers = [admin, await adminOf(place), { ...admin, headers: contextOf(sibling) }, { token: parent.secret }];
    const key = randomUUID();
    const answers = await Promise.all(callers.map((caller) => create(caller, key)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.secret)).size).toBe(4);
  });

  test("issues another once the ten minutes are over; then the house is kept", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const key = randomUUID();
    const first = await create(admin, key);
    await keepHouse(new Date(Date.now() + 9 * 60_000));
    expect((await create(admin, key)).body.secret).toBe(first.body.secret);
    await db.idempotencyKey.updateMany({ data: { expiresAt: new Date() } });
    const later = await create(admin, key, { ...input, name: "CI 2" });
    expect(later.status).toBe(201);
    expect(later.body.secret).not.toBe(first.body.secret);
    expect((await create(admin, key, { ...input, name: "CI 2" })).body.secret).toBe(later.body.secret);
    await keepHouse(new Date(Date.now() + 11 * 60_000));
    expect(await db.idempotencyKey.count()).toBe(0);
  });

  test("after a refusal is a first try: only what was issued is kept", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const key = randomUUID();
    await db.tenant.update({ where: { id: place.tenantId }, data: { neverExpiresAllowed: false } });
    expect((await create(admin, key)).status).toBe(400);
    await db.tenant.update({ where: { id: place.tenantId }, data: { neverExpiresAllowed: true } });
    expect((await create(admin, key)).status).toBe(201);
  });

  test("gets a token that was revoked meanwhile as what it is now, and 409 for one that was deleted", async () => {
    const place = await createPlace();
    const admin = await adminOf(place);
    const key = randomUUID();
    const { id } = (await create(admin, key)).body.token;
    await call(revoke.POST, `${path}/revoke`, { ...admin, body: { ids: [id], reason: "compromised" } });
    expect(await create(admin, key)).toMatchObject({ status: 201, body: { token: { id, status: "revoked" } } });
    const gone = await call(item.DELETE, `${path}/${id}`, { ...admin, method: "DELETE", params: { id } });
    expect(gone.status).toBe(204);
    expect(await create(admin, key)).toMatchObject({
      status: 409,
      body: { message: "The token that this Idempotency-Key issued is deleted; send a new key for another" },
    });
  });

  test("gets nothing once the caller could not issue the token any more", async () => {
    const place = await createPlace();
    const member = await createMember(place, "admin");
    const admin = { cookie: await sessionCookie(member), headers: contextOf(place) };
    const key = randomUUID();
    expect((await create(admin, key)).status).toBe(201);
    await db.membership.updateMany({ where: { userId: member.id }, data: { role: "viewer" } });
    expect((await create(admin, key)).status).toBe(403);
  });
});

test.each(["", "ключ", "x".repeat(256)])("the Idempotency-Key %j is refused by name", async (key) => {
  const place = await createPlace();
  const admin = await adminOf(place);
  const headers = { ...admin.headers, "idempotency-key": Buffer.from(key).toString("latin1") };
  expect(await call(list.POST, path, { ...admin, headers, body: input })).toMatchObject({
    status: 400,
    body: { issues: [{ path: "idempotency-key" }] },
  });
});

test("the database holds neither the secret nor the key", async () => {
  const place = await createPlace();
  const key = randomUUID();
  const { secret } = (await create(await adminOf(place), key)).body;
  const tables: { name: string }[] = await db.$queryRaw`
    select table_name as name from information_schema.tables where table_schema = 'public'`;
  expect(tables.map(({ name }) => name)).toContain("idempotency_keys");
  for (const { name } of tables) {
    const [found] = await db.$queryRawUnsafe<{ count: bigint }[]>(
      `select count(*) from "${name}" as t where t::text like $1 or t::text like $2 or t::text like $3 or t::text like $4`,
      ...[secret, key].flatMap((text) => [`%${text}%`, `%${Buffer.from(text).toString("hex")}%`]),
    );
    expect([name, Number(found?.count)]).toEqual([name, 0]);
  }
});
