import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import * as organizations from "@/app/identity/organizations/route";
import * as self from "@/app/identity/tokens/self/route";
import * as pipelines from "@/app/v1/[...path]/route";
import type { SessionPrincipal } from "@/lib/access/principal";
import { changePassword } from "@/lib/account/change-password";
import { createPersonalToken } from "@/lib/account/personal-tokens";
import { db } from "@/lib/db/client";
import { Problem } from "@/lib/errors";
import { sessionPrincipal } from "@/lib/gates/session";
import { hashPassword } from "@/lib/passwords";
import { signIn } from "@/lib/sign-in";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTokenRow, type Place } from "@/lib/test/fixtures";
import * as revoke from "./[id]/revoke/route";
import * as list from "./route";

const path = "/identity/personal-tokens";
const day = 24 * 60 * 60 * 1000;
const oldPassword = "correct horse battery staple";
const newPassword = "an even longer passphrase";
const origin = { correlationId: "0".repeat(32), method: "POST", path: "/", address: null, userAgent: null };

async function person(place: Place, role: "owner" | "editor" | "viewer" = "viewer") {
  const user = await createMember(place, role, { passwordHash: await hashPassword(oldPassword) });
  return { user, cookie: await sessionCookie(user) };
}

async function sessionOf(cookie: string): Promise<SessionPrincipal> {
  const session = await sessionPrincipal(cookie);
  if (!session) throw new Error("No session");
  return session;
}

const create = (cookie: string, body: unknown) => call(list.POST, path, { cookie, body });
const revokeOne = (caller: { cookie: string } | { token: string }, id: string) =>
  call(revoke.POST, `${path}/${id}/revoke`, { ...caller, method: "POST", params: { id } });

describe("a personal token", () => {
  test("is shown once, stored as a hash, listed by its hint, and acts where its user may, in a place it names", async () => {
    const place = await createPlace();
    const { user, cookie } = await person(place);
    const created = await create(cookie, { name: "Laptop" });
    expect([created.status, created.headers.get("cache-control")]).toEqual([201, "no-store"]);
    const { token, secret } = created.body;
    expect(secret).toMatch(/^pxp_[0-9A-Za-z]{38}$/);
    expect(token).toMatchObject({ kind: "personal", name: "Laptop", hint: `pxp_…${secret.slice(-4)}`, scopes: [] });
    expect(Date.parse(token.expiresAt) - Date.parse(token.createdAt)).toBeCloseTo(90 * day, -4);
    expect((await call(self.GET, "/identity/tokens/self", { token: secret })).body.id).toBe(token.id);
    expect((await call(organizations.GET, "/identity/organizations", { token: secret })).body.items).toHaveLength(1);
    const get = (headers: Record<string, string>) => call(pipelines.GET, "/v1/pipelines", { token: secret, headers });
    expect((await get({})).body.error).toBe("context_required");
    expect((await get(contextOf(place))).status).toBe(200);
    expect((await get(contextOf(await createPlace()))).status).toBe(404);
    const listed = await call(list.GET, path, { cookie });
    expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual([token.id]);
    const events = await db.auditEvent.findMany({
      where: { OR: [{ targetId: token.id }, { actorId: user.id }] },
      omit: { sequence: true },
    });
    expect(events.map(({ action }) => action)).toContain("token.created");
    const rows = await db.token.findMany({ where: { createdById: user.id }, omit: { hash: true } });
    expect(JSON.stringify([events, rows, listed.body])).not.toContain(secret);
  });

  test.each([
    [{}, "name"],
    [{ name: " " }, "name"],
    [{ name: "x", expiresAt: null }, "expiresAt"],
    [{ name: "x", expiresAt: "soon" }, "expiresAt"],
    [{ name: "x", expiresAt: new Date(Date.now() - day).toISOString() }, "expiresAt"],
    [{ name: "x", expiresAt: new Date(Date.now() + 367 * day).toISOString() }, "expiresAt"],
    [{ name: "x", scopes: ["*:*"] }, "scopes"],
    [{ name: "x", createdById: randomUUID() }, "createdById"],
  ])("refuses %j naming the field", async (body, field) => {
    const { cookie } = await person(await createPlace());
    const answer = await create(cookie, body);
    expect([answer.status, answer.body.issues?.[0].path]).toEqual([400, field]);
  });

  test("may be issued for up to a year", async () => {
    const { cookie } = await person(await createPlace());
    const expiresAt = new Date(Date.now() + 365 * day).toISOString();
    expect((await create(cookie, { name: "x", expiresAt })).body.token.expiresAt).toBe(expiresAt);
  });

  test("is never made, seen or revoked by a token", async () => {
    const place = await createPlace();
    const { user, cookie } = await person(place, "owner");
    const { token: mine, secret } = (await create(cookie, { name: "mine" })).body;
    const apiToken = await createTokenRow(place, { scopes: ["token:read", "token:write"], creatorId: user.id });
    for (const token of [secret, apiToken.secret])
      for (const answer of [
        await call(list.GET, path, { token }),
        await call(list.POST, path, { token, body: { name: "another" } }),
        await revokeOne({ token }, mine.id),
      ])
        expect([answer.status, answer.body.error]).toEqual([403, "forbidden"]);
    expect(await db.token.count({ where: { createdById: user.id, kind: "personal", revokedAt: null } })).toBe(1);
  });

  test("is its owner's alone: for others, also in the same organization, it does not exist", async () => {
    const place = await createPlace();
    const { cookie } = await person(place);
    const other = await person(place, "owner");
    const { token, secret } = (await create(cookie, { name: "mine" })).body;
    expect((await call(list.GET, path, { cookie: other.cookie })).body.items).toEqual([]);
    expect((await revokeOne(other, token.id)).status).toBe(404);
    const apiToken = await createTokenRow(place, { creatorId: other.user.id });
    expect((await revokeOne(other, apiToken.id)).status).toBe(404);
    expect((await call(self.GET, "/identity/tokens/self", { token: secret })).status).toBe(200);
  });

  test("once revoked is refused by the next call, and revoking again changes nothing", async () => {
    const { cookie } = await person(await createPlace());
    const { token, secret } = (await create(cookie, { name: "mine" })).body;
    const first = await revokeOne({ cookie }, token.id);
    expect(first.body).toMatchObject({ status: "revoked" });
    expect((await call(self.GET, "/identity/tokens/self", { token: secret })).status).toBe(401);
    expect((await revokeOne({ cookie }, token.id)).body.revokedAt).toBe(first.body.revokedAt);
    expect((await call(list.GET, path, { cookie })).body.items).toEqual([]);
    expect((await call(list.GET, `${path}?status=revoked`, { cookie })).body.items).toHaveLength(1);
    expect(await db.auditEvent.count({ where: { targetId: token.id, action: "token.revoked" } })).toBe(1);
  });

  test("lists page newest first without a gap", async () => {
    const { cookie } = await person(await createPlace());
    for (const name of ["a", "b", "c"]) await create(cookie, { name });
    const first = await call(list.GET, `${path}?limit=2`, { cookie });
    const second = await call(list.GET, `${path}?limit=2&cursor=${first.body.nextCursor}`, { cookie });
    const names = [...first.body.items, ...second.body.items].map(({ name }: { name: string }) => name);
    expect(names).toEqual(["c", "b", "a"]);
    expect(second.body.nextCursor).toBeNull();
  });
});

describe("changing one's password", () => {
  const change = (cookie: string, input = { currentPassword: oldPassword, newPassword }) =>
    sessionOf(cookie).then((session) => changePassword(session, origin, input));

  test("ends every session and personal token at once, and the new password signs in", async () => {
    const place = await createPlace();
    const { user, cookie } = await person(place);
    const { token, secret } = (await create(cookie, { name: "mine" })).body;
    const apiToken = await createTokenRow(place, { scopes: ["pipeline:read"], creatorId: user.id });
    const { sessionVersion } = await change(cookie);
    expect((await call(list.GET, path, { cookie })).status).toBe(401);
    expect((await call(self.GET, "/identity/tokens/self", { token: secret })).status).toBe(401);
    expect((await call(self.GET, "/identity/tokens/self", { token: apiToken.secret })).status).toBe(200);
    const renewed = await sessionCookie({ id: user.id, sessionVersion });
    const dead = await call(list.GET, `${path}?status=revoked`, { cookie: renewed });
    expect(dead.body.items).toEqual([
      expect.objectContaining({ id: token.id, revokedNote: "The password was changed" }),
    ]);
    expect(await signIn({ email: user.email, password: oldPassword }, origin)).toEqual({ outcome: "refused" });
    expect(await signIn({ email: user.email, password: newPassword }, origin)).toMatchObject({ outcome: "signed_in" });
    const events = await db.auditEvent.findMany({ where: { targetId: user.id }, omit: { sequence: true } });
    expect(events.map(({ action }) => action)).toEqual(["password.changed"]);
    expect(JSON.stringify(events)).not.toContain(newPassword);
  });

  test("kills a token that verification alone can tell is from before: nothing depends on the revoked mark", async () => {
    const place = await createPlace();
    const { user, cookie } = await person(place);
    const { token, secret } = (await create(cookie, { name: "mine" })).body;
    await change(cookie);
    await db.token.update({ where: { id: token.id }, data: { revokedAt: null, revokedReason: null } });
    const refused = await call(self.GET, "/identity/tokens/self", { token: secret });
    expect([refused.status, refused.body.error]).toEqual([401, "unauthorized"]);
    const use = await db.auditEvent.findFirstOrThrow({ where: { targetId: token.id, action: "token.used" } });
    expect(use).toMatchObject({ outcome: "denied", reason: "password_changed" });
    expect(await db.token.count({ where: { createdById: user.id } })).toBe(1);
  });

  test("a token that an ended session was still making never works", async () => {
    const { cookie } = await person(await createPlace());
    const session = await sessionOf(cookie);
    await change(cookie);
    const { secret } = await createPersonalToken(session, origin, { name: "too late" });
    expect((await call(self.GET, "/identity/tokens/self", { token: secret })).status).toBe(401);
  });

  test("takes the current password; a wrong one changes nothing and is on record", async () => {
    const { user, cookie } = await person(await createPlace());
    const refusal = change(cookie, { currentPassword: "wrong", newPassword }).catch((error: unknown) => error);
    expect(await refusal).toBeInstanceOf(Problem);
    expect(await refusal).toMatchObject({ details: { issues: [{ path: "currentPassword" }] } });
    expect((await call(list.GET, path, { cookie })).status).toBe(200);
    expect(await db.auditEvent.findFirst({ where: { targetId: user.id } })).toMatchObject({
      action: "password.change_refused",
      outcome: "denied",
    });
  });

  test("of two changes at once from one session, one succeeds", async () => {
    const { cookie } = await person(await createPlace());
    const results = await Promise.allSettled([
      change(cookie),
      change(cookie, { currentPassword: oldPassword, newPassword: "yet another passphrase" }),
    ]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
