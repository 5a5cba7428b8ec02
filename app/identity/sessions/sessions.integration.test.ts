import { describe, expect, test } from "vitest";
import type { SessionPrincipal } from "@/lib/access/principal";
import { changePassword } from "@/lib/account/change-password";
import { db } from "@/lib/db/client";
import { Problem } from "@/lib/errors";
import { sessionPrincipal } from "@/lib/gates/session";
import { endCookieSession } from "@/lib/gates/sign-out";
import { keepHouse } from "@/lib/jobs/keep-house";
import { hashPassword } from "@/lib/passwords";
import { call, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createSessionRow, createTokenRow } from "@/lib/test/fixtures";
import * as one from "./[id]/route";
import * as revoke from "./revoke/route";
import * as list from "./route";

const path = "/identity/sessions";
const password = "correct horse battery staple";
const origin = { correlationId: "0".repeat(32), method: "POST", path: "/", address: null, userAgent: null };
const hourSeconds = 60 * 60;
const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000);

async function person() {
  const user = await createMember(await createPlace(), "viewer", { passwordHash: await hashPassword(password) });
  return { user, ...(await browser(user)) };
}

/** Another browser of the user's, signed in. */
async function browser(user: { id: string; sessionVersion: number }) {
  const cookie = await sessionCookie(user);
  const session = await sessionOf(cookie);
  return { cookie, session, id: session.sessionId };
}

async function sessionOf(cookie: string): Promise<SessionPrincipal> {
  const session = await sessionPrincipal(cookie);
  if (!session) throw new Error("No session");
  return session;
}

const get = (cookie: string, query = "") => call(list.GET, path + query, { cookie });
const end = (cookie: string, id: string) =>
  call(one.DELETE, `${path}/${id}`, { cookie, method: "DELETE", params: { id } });
const endOthers = (cookie: string) => call(revoke.POST, `${path}/revoke`, { cookie, method: "POST" });
const actionsOf = async (userId: string) => {
  const events = await db.auditEvent.findMany({
    where: { actorId: userId },
    orderBy: { sequence: "asc" },
    omit: { sequence: true },
  });
  return events.map(({ action, reason, targetId }) => [action, reason, targetId]);
};

describe("one's sessions", () => {
  test("are listed, newest first, those of others and those that ended are not", async () => {
    const { user, cookie, id } = await person();
    await person();
    const phone = await createSessionRow(user);
    await db.session.update({
      where: { id: phone.id },
      data: { userAgent: "Mozilla/5.0 (iPhone) Version/26.1 Mobile/15E148 Safari/604.1", address: "203.0.113.9" },
    });
    const gone = await createSessionRow(user);
    await db.session.update({ where: { id: gone.id }, data: { endedAt: new Date(), endReason: "revoked" } });
    const idle = await createSessionRow(user);
    await db.session.update({ where: { id: idle.id }, data: { lastSeenAt: secondsAgo(12 * hourSeconds) } });
    const { items } = (await get(cookie)).body;
    expect(items).toEqual([
      expect.objectContaining({ id: phone.id, current: false, browser: "Safari 26", system: "iPhone" }),
      expect.objectContaining({ id, current: true, browser: null, system: null }),
    ]);
    expect(items[0].address).toBe("203.0.113.9");
    expect(Date.parse(items[0].expiresAt) - Date.parse(items[0].lastSeenAt)).toBe(12 * hourSeconds * 1000);
    const first = await get(cookie, "?limit=1");
    const second = await get(cookie, `?limit=1&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...second.body.items].map((item) => item.id)).toEqual([phone.id, id]);
  });

  test("are for a signed-in person: no token sees or ends them", async () => {
    const { user, id } = await person();
    const place = await createPlace();
    for (const kind of ["api", "personal"] as const) {
      const { secret } = await createTokenRow(place, { kind, creatorId: user.id });
      const answers = [
        await call(list.GET, path, { token: secret }),
        await call(one.DELETE, `${path}/${id}`, { token: secret, method: "DELETE", params: { id } }),
        await call(revoke.POST, `${path}/revoke`, { token: secret, method: "POST" }),
      ];
      expect(answers.map(({ status, body }) => [status, body.error])).toEqual(
        Array.from({ length: 3 }, () => [403, "forbidden"]),
      );
    }
    expect(await db.session.count({ where: { userId: user.id, endedAt: null } })).toBe(1);
  });

  test("end one by one, from the next request on, and on record", async () => {
    const { user, cookie } = await person();
    const other = await browser(user);
    expect((await end(cookie, other.id)).status).toBe(204);
    expect((await get(other.cookie)).status).toBe(401);
    expect((await get(cookie)).status).toBe(200);
    expect((await end(cookie, other.id)).status).toBe(404);
    expect(await actionsOf(user.id)).toEqual([["session.ended", "revoked", other.id]]);
  });

  test("of another person can be neither ended nor told from none", async () => {
    const { cookie } = await person();
    const victim = await person();
    const answers = [await end(cookie, victim.id), await end(cookie, crypto.randomUUID())];
    expect(answers.map(({ status, body }) => [status, body.message])).toEqual([
      [404, "No such session"],
      [404, "No such session"],
    ]);
    expect((await get(victim.cookie)).status).toBe(200);
  });

  test("all end but the one that asks", async () => {
    const { user, cookie } = await person();
    const others = [await browser(user), await browser(user)];
    const stranger = await person();
    expect((await endOthers(cookie)).body).toEqual({ revoked: 2 });
    for (const other of others) expect((await get(other.cookie)).status).toBe(401);
    expect((await get(cookie)).status).toBe(200);
    expect((await get(stranger.cookie)).status).toBe(200);
    expect((await endOthers(cookie)).body).toEqual({ revoked: 0 });
    expect(await actionsOf(user.id)).toEqual([["session.ended", "revoked", null]]);
  });

  test("where two end each other at the same moment, one remains, 20 times over", async () => {
    const { user } = await person();
    for (let round = 0; round < 20; round++) {
      const [one, two] = [await browser(user), await browser(user)];
      const answers = await Promise.all([endOthers(one.cookie), endOthers(two.cookie)]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401]);
      expect(await db.session.count({ where: { userId: user.id, endedAt: null } })).toBe(1);
    }
  });
});

describe("a session", () => {
  test.each([
    ["was not used for 12 hours", { lastSeenAt: secondsAgo(12 * hourSeconds + 1) }, 401],
    ["was used within 12 hours", { lastSeenAt: secondsAgo(12 * hourSeconds - 60) }, 200],
    ["is 30 days old, however much it is used", { createdAt: secondsAgo(30 * 24 * hourSeconds + 1) }, 401],
    ["is nearly 30 days old", { createdAt: secondsAgo(30 * 24 * hourSeconds - 60) }, 200],
    ["was ended", { endedAt: new Date(), endReason: "revoked" as const }, 401],
    ["began under another session version", { sessionVersion: 2 }, 401],
  ])("that %s works or not", async (_, data, status) => {
    const { cookie, id } = await person();
    await db.session.update({ where: { id }, data });
    expect((await get(cookie)).status).toBe(status);
  });

  test("of another user does not work with one's own cookie, nor does a cookie that names none", async () => {
    const { user, cookie } = await person();
    const id = (await sessionOf(cookie)).sessionId;
    const other = await person();
    await db.session.update({ where: { id }, data: { userId: other.user.id } });
    expect((await get(cookie)).status).toBe(401);
    await db.session.delete({ where: { id } });
    expect((await get(cookie)).status).toBe(401);
    expect(await sessionPrincipal(await sessionCookie(user))).not.toBeNull();
  });

  test("is noted as seen at most once a minute", async () => {
    const { cookie, id } = await person();
    const seenAt = async () => (await db.session.findUniqueOrThrow({ where: { id } })).lastSeenAt;
    const lately = secondsAgo(50);
    await db.session.update({ where: { id }, data: { lastSeenAt: lately } });
    await get(cookie);
    expect(await seenAt()).toEqual(lately);
    const earlier = secondsAgo(70);
    await db.session.update({ where: { id }, data: { lastSeenAt: earlier } });
    await get(cookie);
    expect((await seenAt()).getTime()).toBeGreaterThan(lately.getTime());
  });

  test("ends with its sign-out, so that a copy of the cookie is dead, too", async () => {
    const { user, cookie, id } = await person();
    await endCookieSession(cookie, origin);
    expect((await get(cookie)).status).toBe(401);
    expect(await db.session.findUnique({ where: { id } })).toMatchObject({ endReason: "signed_out" });
    expect(await actionsOf(user.id)).toEqual([["session.ended", "signed_out", id]]);
    await endCookieSession(cookie, origin);
    await endCookieSession(null, origin);
    expect(await actionsOf(user.id)).toHaveLength(1);
  });

  test("outlives the change of a role, and holds the new one from the next request on", async () => {
    const { user, cookie } = await person();
    await db.membership.updateMany({ where: { userId: user.id }, data: { role: "admin" } });
    expect((await sessionOf(cookie)).memberships).toMatchObject([{ role: "admin" }]);
  });

  test("goes on where it changed the password, with a new cookie; the old one's copies and other sessions end", async () => {
    const { user, cookie, session, id } = await person();
    const other = await browser(user);
    const input = { currentPassword: password, newPassword: "four unrelated words here" };
    const { sessionVersion } = await changePassword(session, origin, input);
    for (const dead of [cookie, other.cookie]) expect((await get(dead)).status).toBe(401);
    expect(await db.session.findMany({ where: { userId: user.id }, orderBy: { createdAt: "asc" } })).toMatchObject([
      { id, sessionVersion, endedAt: null },
      { id: other.id, endReason: "password_changed", endedAt: expect.any(Date) },
    ]);
  });

  test("that was ended at this moment does not come back by changing the password", async () => {
    const { user, session, id } = await person();
    await db.session.update({ where: { id }, data: { endedAt: new Date(), endReason: "revoked" } });
    const input = { currentPassword: password, newPassword: "four unrelated words here" };
    await expect(changePassword(session, origin, input)).rejects.toThrow("Your session has ended");
    const after = await db.user.findUniqueOrThrow({ where: { id: user.id }, select: { sessionVersion: true } });
    expect(after.sessionVersion).toBe(user.sessionVersion);
  });

  test("cannot guess its user's password: after ten it is told to wait, and others are not", async () => {
    const { user, session } = await person();
    const other = await browser(user);
    const guess = (by: SessionPrincipal, currentPassword: string) =>
      changePassword(by, origin, { currentPassword, newPassword: "four unrelated words here" }).then(
        () => "changed",
        (error: unknown) => (error instanceof Problem ? error.details.code : "fault"),
      );
    for (let more = 0; more < 10; more++) expect(await guess(session, "a guess")).toBe("invalid_request");
    expect(await guess(session, password)).toBe("rate_limited");
    const refusals = await db.auditEvent.findMany({ where: { actorId: user.id, action: "password.change_refused" } });
    expect(refusals.map(({ reason }) => reason).filter((reason) => reason === "throttled")).toHaveLength(1);
    expect(await guess(other.session, password)).toBe("changed");
  });

  test("is forgotten a month after it can last have worked", async () => {
    const { user, id } = await person();
    const old = await createSessionRow(user);
    await db.session.update({ where: { id: old.id }, data: { createdAt: secondsAgo(61 * 24 * hourSeconds) } });
    await keepHouse(new Date());
    const left = await db.session.findMany({ where: { userId: user.id }, select: { id: true } });
    expect(left).toEqual([{ id }]);
  });
});
