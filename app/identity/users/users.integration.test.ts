import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import * as personalTokens from "@/app/identity/personal-tokens/route";
import type { RoleId } from "@/lib/access/roles";
import { db } from "@/lib/db/client";
import { hashPassword } from "@/lib/passwords";
import { signIn } from "@/lib/sign-in";
import { call, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import * as password from "./[id]/password/route";
import * as item from "./[id]/route";
import * as list from "./route";

const path = "/identity/users";
const origin = { correlationId: "0".repeat(32), method: "POST", path: "/", address: null, userAgent: null };

type User = Awaited<ReturnType<typeof createMember>>;

async function callerAs(user: User, place: Place) {
  return { cookie: await sessionCookie(user), headers: { "x-ne-org-id": place.organizationId } };
}

async function callerOf(place: Place, role: RoleId) {
  return callerAs(await createMember(place, role), place);
}

type Caller = Awaited<ReturnType<typeof callerOf>> | { token: string };

const add = (caller: Caller, body: unknown) => call(list.POST, path, { ...caller, body });
const patch = (caller: Caller, id: string, body: unknown) =>
  call(item.PATCH, `${path}/${id}`, { ...caller, method: "PATCH", body, params: { id } });
const remove = (caller: Caller, id: string) =>
  call(item.DELETE, `${path}/${id}`, { ...caller, method: "DELETE", params: { id } });
const reset = (caller: Caller, id: string) =>
  call(password.POST, `${path}/${id}/password`, { ...caller, method: "POST", params: { id } });

function newcomer(role: RoleId = "viewer") {
  return { email: `new-${randomUUID()}@example.com`, name: "Nell Newcomer", role };
}

function actionsOn(targetId: string) {
  return db.auditEvent.findMany({ where: { targetId }, orderBy: { occurredAt: "asc" }, omit: { sequence: true } });
}

describe("listing members", () => {
  test("shows the organization's own, each with their roles here and none elsewhere", async () => {
    const place = await createPlace();
    const elsewhere = await createPlace();
    const owner = await createMember(place, "owner", { name: "Ada" });
    const guest = await createMember(place, "viewer", { only: "tenant", name: "Guy" });
    await db.membership.create({ data: { userId: guest.id, organizationId: elsewhere.organizationId, role: "owner" } });
    await createMember(elsewhere, "owner");
    const answer = await call(list.GET, path, await callerAs(owner, place));
    expect(answer.status).toBe(200);
    expect(answer.body.nextCursor).toBeNull();
    expect(answer.body.items).toEqual([
      {
        id: owner.id,
        name: "Ada",
        email: owner.email,
        active: true,
        memberships: [{ id: expect.any(String), tenantId: null, role: "owner" }],
        createdAt: expect.any(String),
      },
      expect.objectContaining({
        id: guest.id,
        memberships: [{ id: expect.any(String), tenantId: place.tenantId, role: "viewer" }],
      }),
    ]);
    expect(JSON.stringify(answer.body)).not.toMatch(/hash|password/i);
  });

  test("pages by name without a gap, and finds by part of a name or address", async () => {
    const place = await createPlace();
    const caller = await callerAs(await createMember(place, "admin", { name: "Zoe" }), place);
    for (const name of ["Bea", "Abe", "Bea", "Cid"]) await createMember(place, "viewer", { name });
    const names: string[] = [];
    let cursor = "";
    do {
      const answer = await call(list.GET, `${path}?limit=2${cursor && `&cursor=${cursor}`}`, caller);
      names.push(...answer.body.items.map((user: { name: string }) => user.name));
      cursor = answer.body.nextCursor ?? "";
    } while (cursor !== "");
    expect(names).toEqual(["Abe", "Bea", "Bea", "Cid", "Zoe"]);
    expect((await call(list.GET, `${path}?q=BEA`, caller)).body.items).toHaveLength(2);
    expect((await call(list.GET, `${path}?q=admin-`, caller)).body.items).toHaveLength(1);
    expect((await call(list.GET, `${path}?q=%25`, caller)).body.items).toHaveLength(0);
  });

  test("is for those who hold user:read throughout the organization", async () => {
    const place = await createPlace();
    for (const [role, options, status] of [
      ["owner", {}, 200],
      ["admin", {}, 200],
      ["editor", {}, 403],
      ["viewer", {}, 403],
      ["owner", { only: "tenant" }, 403],
    ] as const) {
      const caller = await callerAs(await createMember(place, role, options), place);
      const answer = await call(list.GET, path, caller);
      expect([role, answer.status]).toEqual([role, status]);
      if (status === 403) expect(answer.body).toMatchObject({ error: "insufficient_scope", scope: "user:read" });
    }
    const stranger = await callerAs(await createMember(await createPlace(), "owner"), place);
    expect((await call(list.GET, path, stranger)).status).toBe(404);
    const owner = await callerOf(place, "owner");
    expect((await call(list.GET, path, { cookie: owner.cookie })).body.error).toBe("context_required");
    const nowhere = { cookie: owner.cookie, headers: { "x-ne-org-id": randomUUID() } };
    expect((await call(list.GET, path, nowhere)).status).toBe(404);
  });

  test("an API token lists its own organization's while its creator may", async () => {
    const place = await createPlace();
    const token = await createTokenRow(place, { scopes: ["user:read"] });
    const bearer = { token: token.secret };
    expect((await call(list.GET, path, bearer)).body.items).toHaveLength(1);
    const other = { ...bearer, headers: { "x-ne-org-id": (await createPlace()).organizationId } };
    expect((await call(list.GET, path, other)).body.error).toBe("context_mismatch");
    await db.membership.updateMany({ where: { userId: token.creatorId }, data: { tenantId: place.tenantId } });
    expect((await call(list.GET, path, bearer)).body).toMatchObject({
      error: "insufficient_scope",
      scope: "user:read",
    });
  });
});

describe("adding a member", () => {
  test("makes an account whose generated password is shown once, works, and is nowhere else", async () => {
    const place = await createPlace();
    const caller = await callerOf(place, "admin");
    const body = { ...newcomer("editor"), email: `  New.${randomUUID()}@Example.COM ` };
    const answer = await add(caller, body);
    expect(answer.status).toBe(201);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { user, password: generated } = answer.body;
    expect(user).toMatchObject({ email: body.email.trim().toLowerCase(), active: true });
    expect(user.memberships).toEqual([{ id: expect.any(String), tenantId: null, role: "editor" }]);
    expect(generated).toMatch(/^([2-9bcdfghjkmnpqrstvwxz]{6}-){3}[2-9bcdfghjkmnpqrstvwxz]{6}$/);
    expect(await signIn({ email: user.email, password: generated }, origin)).toMatchObject({ userId: user.id });
    const events = await actionsOn(user.id);
    expect(events.map(({ action, details }) => [action, details])).toEqual([
      ["member.added", { role: "editor", tenantId: null, newAccount: true }],
    ]);
    expect(JSON.stringify([events, await db.user.findUnique({ where: { id: user.id } })])).not.toContain(generated);
  });

  test("takes a password of the caller's choice and does not repeat it", async () => {
    const body = { ...newcomer(), password: "a password of one's own" };
    const answer = await add(await callerOf(await createPlace(), "owner"), body);
    expect([answer.status, answer.body.password]).toEqual([201, null]);
    expect(await signIn(body, origin)).toMatchObject({ outcome: "signed_in" });
  });

  test("refuses a password that others would try first, and says why", async () => {
    const caller = await callerOf(await createPlace(), "owner");
    for (const [password, reason] of [
      ["too short", /at least 15 characters/],
      ["passwordpassword", /repeats itself/],
      ["PraxisIdentity1!", /this service's/],
    ] as const) {
      const answer = await add(caller, { ...newcomer(), password });
      expect([answer.status, answer.body.issues[0].path]).toEqual([400, "password"]);
      expect(answer.body.issues[0].message).toMatch(reason);
    }
  });

  test("a person of another organization is just added: their name, password and sessions stay", async () => {
    const known = await createMember(await createPlace(), "viewer", {
      passwordHash: await hashPassword("x".repeat(20)),
    });
    const place = await createPlace();
    const caller = await callerOf(place, "admin");
    const body = { email: known.email, name: "Somebody Else", role: "viewer", tenantId: place.tenantId };
    const withPassword = await add(caller, { ...body, password: "y".repeat(20) });
    expect([withPassword.status, withPassword.body.issues?.[0].path]).toEqual([400, "password"]);
    const answer = await add(caller, body);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ password: null, user: { id: known.id, name: known.name } });
    expect(answer.body.user.memberships).toEqual([
      { id: expect.any(String), tenantId: place.tenantId, role: "viewer" },
    ]);
    expect(await signIn({ email: known.email, password: "x".repeat(20) }, origin)).toMatchObject({ sessionVersion: 1 });
    const again = await add(caller, body);
    expect([again.status, again.body.error]).toEqual([409, "conflict"]);
  });

  test("ten requests at once for one person add them once", async () => {
    const caller = await callerOf(await createPlace(), "owner");
    const body = newcomer();
    const answers = await Promise.all(Array.from({ length: 10 }, () => add(caller, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  });

  test.each([
    [{ email: "nobody" }, "email"],
    [{ email: "" }, "email"],
    [{ name: " " }, "name"],
    [{ name: "a\u0007" }, "name"],
    [{ role: "root" }, "role"],
    [{ password: "14 characters." }, "password"],
    [{ password: "x".repeat(129) }, "password"],
    [{ tenantId: "east" }, "tenantId"],
    [{ tenantId: randomUUID() }, "tenantId"],
    [{ organizationId: randomUUID() }, "organizationId"],
    [{ passwordHash: "x" }, "passwordHash"],
  ])("refuses %j naming the field", async (change, field) => {
    const answer = await add(await callerOf(await createPlace(), "owner"), { ...newcomer(), ...change });
    expect([answer.status, answer.body.error]).toEqual([400, "invalid_request"]);
    expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toEqual([field]);
  });

  test("another organization's tenant is none to choose", async () => {
    const foreign = await createPlace();
    const answer = await add(await callerOf(await createPlace(), "owner"), {
      ...newcomer(),
      tenantId: foreign.tenantId,
    });
    expect([answer.status, answer.body.issues[0].path]).toEqual([400, "tenantId"]);
  });

  test("with no record there is no member, and no account", async () => {
    const caller = await callerOf(await createPlace(), "owner");
    const body = newcomer();
    await db.$executeRawUnsafe(`create function fail_member() returns trigger language plpgsql as
      $$ begin raise exception 'no record'; end $$`);
    await db.$executeRawUnsafe(`create trigger fail_member before insert on audit_events for each row
      when (new.action = 'member.added') execute function fail_member()`);
    try {
      expect((await add(caller, body)).status).toBe(503);
      expect(await db.user.findUnique({ where: { email: body.email } })).toBeNull();
    } finally {
      await db.$executeRawUnsafe("drop trigger fail_member on audit_events");
    }
  });
});

describe("nobody reaches above themselves", () => {
  test("an admin makes no owners, whether new or promoted, and not in a tenant either", async () => {
    const place = await createPlace();
    const caller = await callerOf(place, "admin");
    const viewer = await createMember(place, "viewer");
    const answers = [
      await add(caller, newcomer("owner")),
      await add(caller, { ...newcomer("owner"), tenantId: place.tenantId }),
      await patch(caller, viewer.id, { role: "owner" }),
      await patch(caller, viewer.id, { role: "owner", tenantId: place.tenantId }),
    ];
    for (const answer of answers) {
      expect([answer.status, answer.body.error]).toEqual([403, "forbidden"]);
      expect(answer.body.message).toBe("You cannot give the role Owner: it may do more than you may here");
    }
    expect(await db.membership.count({ where: { organizationId: place.organizationId, role: "owner" } })).toBe(0);
  });

  test("an admin changes, disables, resets and removes no owner", async () => {
    const place = await createPlace();
    const caller = await callerOf(place, "admin");
    const owner = await createMember(place, "owner");
    await createMember(place, "owner");
    for (const answer of [
      await patch(caller, owner.id, { role: "viewer" }),
      await patch(caller, owner.id, { role: "viewer", tenantId: place.tenantId }),
      await patch(caller, owner.id, { disabled: true }),
      await reset(caller, owner.id),
      await remove(caller, owner.id),
    ])
      expect([answer.status, answer.body.error]).toEqual([403, "forbidden"]);
    expect(await actionsOn(owner.id)).toEqual([]);
  });

  test("an API token gives only roles within its own scopes and its creator's", async () => {
    const place = await createPlace();
    const narrow = await createTokenRow(place, { scopes: ["user:write"] });
    expect((await add({ token: narrow.secret }, newcomer("viewer"))).status).toBe(403);
    const scopes = ["user:write", "pipeline:read", "collector:read", "metrics:read", "alerts:read", "knowledge:read"];
    const wide = await createTokenRow(place, { scopes: [...(scopes as ["user:write"]), "tenant:read", "token:read"] });
    expect((await add({ token: wide.secret }, newcomer("viewer"))).status).toBe(201);
    expect((await add({ token: wide.secret }, newcomer("editor"))).status).toBe(403);
    await db.membership.updateMany({ where: { userId: wide.creatorId }, data: { role: "viewer" } });
    expect((await add({ token: wide.secret }, newcomer("viewer"))).body.error).toBe("insufficient_scope");
  });
});

describe("changing a role", () => {
  test("counts at once, in the organization or one tenant, and is on record with before and after", async () => {
    const place = await createPlace();
    const west = await createTenant(place, "west");
    const caller = await callerOf(place, "owner");
    const user = await createMember(place, "viewer");
    const promoted = await patch(caller, user.id, { role: "admin" });
    expect(promoted.status).toBe(200);
    expect(promoted.body.memberships).toEqual([{ id: expect.any(String), tenantId: null, role: "admin" }]);
    expect((await call(list.GET, path, await callerAs(user, place))).status).toBe(200);
    const more = await patch(caller, user.id, { role: "editor", tenantId: west.tenantId });
    expect(more.body.memberships).toHaveLength(2);
    const less = await patch(caller, user.id, { role: null });
    expect(less.body.memberships).toEqual([{ id: expect.any(String), tenantId: west.tenantId, role: "editor" }]);
    expect((await call(list.GET, path, await callerAs(user, place))).status).toBe(403);
    expect((await actionsOn(user.id)).map(({ action, details }) => [action, details])).toEqual([
      ["member.role_changed", { tenantId: null, before: "viewer", after: "admin" }],
      ["member.role_changed", { tenantId: west.tenantId, before: null, after: "editor" }],
      ["member.role_changed", { tenantId: null, before: "admin", after: null }],
    ]);
  });

  test("to the same role changes nothing, and the only role is not taken away", async () => {
    const place = await createPlace();
    const caller = await callerOf(place, "owner");
    const user = await createMember(place, "viewer");
    expect((await patch(caller, user.id, { role: "viewer" })).status).toBe(200);
    expect((await patch(caller, user.id, { role: null })).body.error).toBe("conflict");
    expect((await patch(caller, user.id, { role: null, tenantId: place.tenantId })).status).toBe(404);
    expect(await actionsOn(user.id)).toEqual([]);
  });

  test.each([
    [{}, ""],
    [{ role: "viewer", disabled: true }, ""],
    [{ disabled: true, tenantId: null }, "tenantId"],
    [{ name: "New name", role: "viewer" }, "name"],
  ])("%j is refused", async (body, field) => {
    const place = await createPlace();
    const user = await createMember(place, "viewer");
    const answer = await patch(await callerOf(place, "owner"), user.id, body);
    expect([answer.status, answer.body.issues?.[0].path]).toEqual([400, field]);
  });

  test("members of other organizations do not exist", async () => {
    const stranger = await createMember(await createPlace(), "viewer");
    const caller = await callerOf(await createPlace(), "owner");
    for (const id of [stranger.id, randomUUID(), "me"])
      for (const answer of [
        await patch(caller, id, { role: "viewer" }),
        await patch(caller, id, { disabled: true }),
        await reset(caller, id),
        await remove(caller, id),
      ])
        expect([answer.status, answer.body.error]).toEqual([404, "not_found"]);
    expect(await db.membership.count({ where: { userId: stranger.id } })).toBe(1);
  });
});

describe("disabling a member", () => {
  test("ends sessions and personal tokens at once, and enabling brings none of them back", async () => {
    const place = await createPlace();
    const caller = await callerOf(place, "admin");
    const user = await createMember(place, "viewer", { passwordHash: await hashPassword("x".repeat(20)) });
    const personal = await createTokenRow(place, { kind: "personal", creatorId: user.id });
    const apiToken = await createTokenRow(place, { scopes: ["token:read"], creatorId: user.id });
    const session = { cookie: await sessionCookie(user) };
    const bearer = { token: personal.secret, headers: { "x-ne-org-id": place.organizationId } };
    expect((await call(personalTokens.GET, "/identity/personal-tokens", session)).status).toBe(200);
    expect((await call(list.GET, path, bearer)).status).toBe(403);

    expect((await patch(caller, user.id, { disabled: true })).body.active).toBe(false);
    expect((await call(personalTokens.GET, "/identity/personal-tokens", session)).status).toBe(401);
    expect((await call(list.GET, path, bearer)).status).toBe(401);
    expect(await signIn({ email: user.email, password: "x".repeat(20) }, origin)).toEqual({ outcome: "refused" });
    expect(await db.token.findUnique({ where: { id: apiToken.id } })).toMatchObject({ revokedAt: null });

    expect((await patch(caller, user.id, { disabled: false })).body.active).toBe(true);
    expect((await call(personalTokens.GET, "/identity/personal-tokens", session)).status).toBe(401);
    expect((await call(list.GET, path, bearer)).status).toBe(401);
    expect(await signIn({ email: user.email, password: "x".repeat(20) }, origin)).toMatchObject({
      outcome: "signed_in",
    });
    expect(
      (await actionsOn(user.id)).map(({ action }) => action).filter((action) => action !== "session.started"),
    ).toEqual(["member.disabled", "member.enabled"]);
  });

  test("is not for oneself, nor is removal", async () => {
    const place = await createPlace();
    const owner = await createMember(place, "owner");
    await createMember(place, "owner");
    const caller = await callerAs(owner, place);
    for (const answer of [
      await patch(caller, owner.id, { disabled: true }),
      await remove(caller, owner.id),
      await reset(caller, owner.id),
    ])
      expect([answer.status, answer.body.error]).toEqual([409, "conflict"]);
  });

  test("nobody is locked out of, or taken over from, another organization by being added to this one", async () => {
    const victim = await createMember(await createPlace(), "owner", {
      passwordHash: await hashPassword("x".repeat(20)),
    });
    const place = await createPlace();
    const caller = await callerOf(place, "owner");
    expect((await add(caller, { email: victim.email, name: "V", role: "viewer" })).status).toBe(201);
    for (const answer of [
      await patch(caller, victim.id, { disabled: true }),
      await patch(caller, victim.id, { disabled: false }),
      await reset(caller, victim.id),
    ]) {
      expect([answer.status, answer.body.error]).toEqual([409, "conflict"]);
      expect(answer.body.message).toContain("Remove them from this organization instead");
    }
    expect(await signIn({ email: victim.email, password: "x".repeat(20) }, origin)).toMatchObject({
      sessionVersion: 1,
    });
    expect((await remove(caller, victim.id)).status).toBe(204);
    expect(await db.membership.count({ where: { userId: victim.id } })).toBe(1);
  });

  test("a reset password is shown once, works, and ends what the old one began", async () => {
    const place = await createPlace();
    const user = await createMember(place, "viewer", { passwordHash: await hashPassword("x".repeat(20)) });
    const personal = await createTokenRow(place, { kind: "personal", creatorId: user.id });
    const answer = await reset(await callerOf(place, "admin"), user.id);
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(await signIn({ email: user.email, password: "x".repeat(20) }, origin)).toEqual({ outcome: "refused" });
    expect(await signIn({ email: user.email, password: answer.body.password }, origin)).toMatchObject({
      outcome: "signed_in",
    });
    const cookie = await sessionCookie(user);
    expect((await call(personalTokens.GET, "/identity/personal-tokens", { cookie })).status).toBe(401);
    const bearer = { token: personal.secret, headers: { "x-ne-org-id": place.organizationId } };
    expect((await call(list.GET, path, bearer)).status).toBe(401);
    expect(JSON.stringify(await actionsOn(user.id))).not.toContain(answer.body.password);
  });
});

describe("removing a member", () => {
  test("takes every role here at once and leaves the account", async () => {
    const place = await createPlace();
    const caller = await callerOf(place, "admin");
    const user = await createMember(place, "viewer");
    await db.membership.create({ data: { userId: user.id, ...place, role: "editor" } });
    expect((await remove(caller, user.id)).status).toBe(204);
    expect((await call(list.GET, path, await callerAs(user, place))).status).toBe(404);
    expect(await db.user.findUnique({ where: { id: user.id } })).toMatchObject({ disabledAt: null, sessionVersion: 1 });
    expect((await remove(caller, user.id)).status).toBe(404);
    const [event] = await actionsOn(user.id);
    expect(event).toMatchObject({ action: "member.removed", organizationId: place.organizationId, tenantId: null });
  });
});

describe("an organization is never without an active owner", () => {
  test("the last one cannot be removed, demoted or disabled", async () => {
    const place = await createPlace();
    const owner = await createMember(place, "owner");
    const tenantOwner = await createMember(place, "owner", { only: "tenant" });
    const disabledOwner = await createMember(place, "owner");
    await db.user.update({ where: { id: disabledOwner.id }, data: { disabledAt: new Date() } });
    // As powerful as an owner, and not one.
    const { secret: token } = await createTokenRow(place, { scopes: [], creatorId: owner.id });
    await db.$executeRaw`update tokens set scopes = (select array_agg(s) from unnest(array['pipeline:read',
      'pipeline:write','collector:read','collector:write','metrics:read','metrics:write','alerts:read','alerts:write',
      'knowledge:read','knowledge:write','tenant:read','tenant:write','token:read','token:write','user:read','user:write',
      'organization:read','organization:write','audit:read']) s) where created_by_id = ${owner.id}::uuid`;
    for (const answer of [
      await remove({ token }, owner.id),
      await patch({ token }, owner.id, { role: "admin" }),
      await patch({ token }, owner.id, { disabled: true }),
      await patch(await callerAs(owner, place), owner.id, { role: "admin" }),
    ]) {
      expect([answer.status, answer.body.error]).toEqual([409, "conflict"]);
      expect(answer.body.message).toContain("last active owner");
    }
    expect(await db.membership.findFirst({ where: { userId: owner.id } })).toMatchObject({ role: "owner" });
    expect(await db.user.findUnique({ where: { id: owner.id } })).toMatchObject({
      disabledAt: null,
      sessionVersion: 1,
    });
    expect(await actionsOn(owner.id)).toEqual([]);
    expect((await remove({ token }, tenantOwner.id)).status).toBe(204);
    expect((await remove({ token }, disabledOwner.id)).status).toBe(204);
    await createMember(place, "owner");
    expect((await patch(await callerAs(owner, place), owner.id, { role: "admin" })).status).toBe(200);
  });

  test("not even when two owners remove, demote or disable each other at the same moment, 50 times over", async () => {
    const means = [
      (caller: Caller, id: string) => remove(caller, id),
      (caller: Caller, id: string) => patch(caller, id, { role: "viewer" }),
      (caller: Caller, id: string) => patch(caller, id, { disabled: true }),
    ];
    for (let round = 0; round < 50; round++) {
      const place = await createPlace();
      const [one, two] = [await createMember(place, "owner"), await createMember(place, "owner")];
      const [callerOne, callerTwo] = [await callerAs(one, place), await callerAs(two, place)];
      const act = (index: number) => means[index % means.length] ?? remove;
      const answers = await Promise.all([
        act(round)(callerOne, two.id),
        act(Math.floor(round / means.length))(callerTwo, one.id),
      ]);
      // The one who comes second is refused: as the last owner's remover or, arriving later still, as no owner any more.
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses.filter((status) => status < 300)).toHaveLength(1);
      expect([401, 403, 404, 409]).toContain(statuses[1]);
      const active = { organizationId: place.organizationId, role: "owner", user: { disabledAt: null } } as const;
      expect(await db.membership.count({ where: active })).toBe(1);
    }
  }, 60_000);

  test("nor when five owners all leave their role at once", async () => {
    const place = await createPlace();
    const owners = await Promise.all(Array.from({ length: 5 }, () => createMember(place, "owner")));
    const answers = await Promise.all(
      owners.map(async (owner) => patch(await callerAs(owner, place), owner.id, { role: "admin" })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 409]);
    expect(await db.membership.count({ where: { organizationId: place.organizationId, role: "owner" } })).toBe(1);
  });
});
