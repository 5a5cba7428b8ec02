import { describe, expect, test } from "vitest";
import * as personalTokens from "@/app/identity/personal-tokens/route";
import * as rotate from "@/app/identity/tokens/[id]/rotate/route";
import * as tokens from "@/app/identity/tokens/route";
import * as memberPassword from "@/app/identity/users/[id]/password/route";
import * as member from "@/app/identity/users/[id]/route";
import * as members from "@/app/identity/users/route";
import { allScopes } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import { Problem } from "@/lib/errors";
import { sessionPrincipal } from "@/lib/gates/session";
import { hashPassword } from "@/lib/passwords";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTokenRow } from "@/lib/test/fixtures";
import { reauthenticate } from "./reauthenticate";

const password = "correct horse battery staple";
const origin = { correlationId: "0".repeat(32), method: "POST", path: "/", address: null, userAgent: null };
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

/** An owner who signed in an hour ago. */
async function owner(authenticatedAt = ago(60 * 60)) {
  const place = await createPlace();
  const user = await createMember(place, "owner", { passwordHash: await hashPassword(password) });
  const cookie = await sessionCookie(user, { authenticatedAt });
  const headers = contextOf(place);
  const inOrganization = { "x-ne-org-id": place.organizationId };
  const confirm = async (given: string) => {
    const session = await sessionPrincipal(cookie);
    if (!session) throw new Error("No session");
    return reauthenticate(session, origin, { password: given });
  };
  return { place, user, cookie, headers, inOrganization, confirm };
}

const fullAccess = { name: "everything", permissionSet: "full-access" };

describe("what gives away much", () => {
  test("needs the password anew: Full access, by whatever name, and personal tokens; what gives less does not", async () => {
    const { place, cookie, headers } = await owner();
    const create = (body: object) => call(tokens.POST, "/identity/tokens", { cookie, headers, body });
    for (const body of [fullAccess, { name: "everything", scopes: ["*:*"] }, { name: "all", scopes: allScopes }]) {
      const refused = await create(body);
      expect([refused.status, refused.body.error]).toEqual([403, "reauthentication_required"]);
    }
    const personal = await call(personalTokens.POST, "/identity/personal-tokens", { cookie, body: { name: "Laptop" } });
    expect([personal.status, personal.body.error]).toEqual([403, "reauthentication_required"]);
    expect(await db.token.count({ where: { createdBy: { memberships: { some: place } } } })).toBe(0);
    expect((await create({ name: "reader", permissionSet: "read-only" })).status).toBe(201);
  });

  test("is done once the password is confirmed, with the same idempotency key, and on record", async () => {
    const { user, cookie, headers, confirm } = await owner();
    const create = () =>
      call(tokens.POST, "/identity/tokens", {
        cookie,
        headers: { ...headers, "idempotency-key": "one attempt" },
        body: fullAccess,
      });
    expect((await create()).body.error).toBe("reauthentication_required");
    await confirm(password);
    const created = await create();
    expect(created.status).toBe(201);
    expect((await create()).body.secret).toBe(created.body.secret);
    const events = await db.auditEvent.findMany({ where: { actorId: user.id }, orderBy: { occurredAt: "asc" } });
    expect(events.map(({ action }) => action)).toEqual(["session.reauthenticated", "token.created"]);
  });

  test("stays refused for another password, which is on record without it", async () => {
    const { user, cookie, headers, confirm } = await owner();
    await expect(confirm("not the password")).rejects.toThrow("This is not your current password");
    const refused = await call(tokens.POST, "/identity/tokens", { cookie, headers, body: fullAccess });
    expect(refused.body.error).toBe("reauthentication_required");
    const events = await db.auditEvent.findMany({ where: { actorId: user.id }, omit: { sequence: true } });
    expect(events).toMatchObject([{ action: "session.reauthentication_refused", reason: "wrong_password" }]);
    expect(JSON.stringify(events)).not.toContain("not the password");
  });

  test("needs it of the successor of such a token, of one with less not", async () => {
    const { place, user, cookie, headers } = await owner();
    const turn = async (scopes: typeof allScopes) => {
      const { id } = await createTokenRow(place, { creatorId: user.id, scopes });
      return call(rotate.POST, `/identity/tokens/${id}/rotate`, {
        cookie,
        headers,
        body: { overlapSeconds: 0 },
        params: { id },
      });
    };
    expect((await turn(allScopes)).body.error).toBe("reauthentication_required");
    expect((await turn(["pipeline:read"])).status).toBe(201);
  });

  test("needs it for the roles Owner and Admin and for another's password; a token has none to give", async () => {
    const { place, user, cookie, inOrganization: headers } = await owner();
    const { id } = await createMember(place, "viewer");
    const change = (caller: object, role: string) =>
      call(member.PATCH, `/identity/users/${id}`, {
        ...caller,
        headers,
        method: "PATCH",
        body: { role },
        params: { id },
      });
    const add = (role: string) => {
      const body = { email: `${role}-${id}@example.com`, name: "New", role };
      return call(members.POST, "/identity/users", { cookie, headers, body });
    };
    const reset = () =>
      call(memberPassword.POST, `/identity/users/${id}/password`, { cookie, headers, method: "POST", params: { id } });
    for (const refused of [
      await change({ cookie }, "owner"),
      await change({ cookie }, "admin"),
      await add("admin"),
      await reset(),
    ])
      expect([refused.status, refused.body.error]).toEqual([403, "reauthentication_required"]);
    expect((await change({ cookie }, "editor")).status).toBe(200);
    expect((await add("viewer")).status).toBe(201);
    const { secret } = await createTokenRow(place, { kind: "personal", creatorId: user.id });
    expect((await change({ token: secret }, "admin")).status).toBe(200);
  });

  test("counts a password for 15 minutes", async () => {
    for (const [seconds, status] of [
      [15 * 60 - 30, 201],
      [15 * 60 + 1, 403],
    ] as const) {
      const { cookie, headers } = await owner(ago(seconds));
      expect((await call(tokens.POST, "/identity/tokens", { cookie, headers, body: fullAccess })).status).toBe(status);
    }
  });

  test("is confirmed by nobody whose session was ended meanwhile", async () => {
    const { user, cookie } = await owner();
    const session = await sessionPrincipal(cookie);
    if (!session) throw new Error("No session");
    await db.session.updateMany({ where: { userId: user.id }, data: { endedAt: new Date(), endReason: "revoked" } });
    const refusal = await reauthenticate(session, origin, { password }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Problem);
    expect(refusal).toMatchObject({ details: { code: "unauthorized" } });
  });
});
