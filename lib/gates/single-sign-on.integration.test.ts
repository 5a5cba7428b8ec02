import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { GET as getOrganization, PATCH as patchOrganization } from "@/app/identity/organization/route";
import { GET as listOrganizations } from "@/app/identity/organizations/route";
import { POST as createPersonalToken } from "@/app/identity/personal-tokens/route";
import type { RoleId } from "@/lib/access/roles";
import { db } from "@/lib/db/client";
import { hashPassword } from "@/lib/passwords";
import { signIn } from "@/lib/sign-in";
import { call, sessionCookie } from "@/lib/test/calls";
import { createMember, createPlace, createTokenRow, type Place } from "@/lib/test/fixtures";
import { sessionPrincipal } from "./session";
import { comeFromProvider, goToProvider } from "./single-sign-on";

// Settings are read when lib/env is first imported, and the provider's port is one.
const { provider, admins, place, tenant } = await vi.hoisted(async () => {
  const { randomUUID: uuid } = await import("node:crypto");
  const { startTestProvider } = await import("@/lib/test/openid-provider");
  const started = await startTestProvider();
  const here = { organizationId: uuid(), tenantId: uuid() };
  const group = `admins-${uuid()}`;
  Object.assign(process.env, {
    OIDC_ISSUER: started.issuer,
    OIDC_CLIENT_ID: "praxis",
    OIDC_CLIENT_SECRET: "a-secret-of-the-tests",
    RATE_LIMIT_SIGN_IN_ADDRESS: "off",
    OIDC_ROLE_MAP: JSON.stringify([
      { group, organization: here.organizationId, role: "admin" },
      { group: "owners", organization: here.organizationId, role: "owner" },
      { group: "viewers", organization: here.organizationId, role: "viewer" },
      { group: "east", organization: here.organizationId, tenant: here.tenantId, role: "editor" },
      { group: "lost", organization: uuid(), role: "owner" },
    ]),
  });
  return { provider: started, admins: group, place: here, tenant: here.tenantId };
});

await db.organization.create({ data: { id: place.organizationId, name: "Acme" } });
await db.tenant.create({ data: { id: tenant, organizationId: place.organizationId, name: "east" } });

afterAll(() => provider.stop());

beforeEach(() => {
  provider.next = { claims: {} };
});

const password = "correct horse battery staple";
const base = "http://127.0.0.1:3000";

function newPerson() {
  const subject = randomUUID();
  return { sub: subject, email: `${subject}@example.com`, name: "Ada Lindqvist" };
}

/** A browser's way to the provider: what it keeps, and where it is sent back to. */
async function leave({ cookie = "", query = "returnTo=/identity/profile" } = {}) {
  const sent = await goToProvider(new Request(`${base}/sign-in/sso?${query}`, { headers: { cookie } }));
  const location = sent.headers.get("location") ?? "";
  if (!location.startsWith(provider.issuer)) return { kept: "", back: location };
  const answered = await fetch(location, { redirect: "manual" });
  return { kept: keptOf(sent), back: answered.headers.get("location") ?? "" };
}

async function comeBack({ kept, back }: { kept: string; back: string }, cookie = "") {
  const correlationId = randomUUID().replaceAll("-", "");
  const headers = {
    cookie: [kept, cookie].filter(Boolean).join("; "),
    traceparent: `00-${correlationId}-00f067aa0ba902b7-01`,
  };
  const answer = await comeFromProvider(new Request(back, { headers }));
  return { location: answer.headers.get("location") ?? "", cookie: sessionOf(answer), correlationId };
}

/** Signs in at the provider with these claims. */
async function signInThere(claims: Record<string, unknown>, cookie = "") {
  provider.next.claims = claims;
  return comeBack(await leave({ cookie }), cookie);
}

function keptOf(response: Response): string {
  return cookieOf(response, "praxis.sso-");
}

function sessionOf(response: Response): string {
  return cookieOf(response, "session-token");
}

function cookieOf(response: Response, named: string): string {
  return (
    response.headers
      .getSetCookie()
      .find((cookie) => cookie.includes(named))
      ?.split(";")[0] ?? ""
  );
}

function reasonsOf(correlationId: string) {
  return db.auditEvent.findMany({
    where: { correlationId },
    orderBy: { sequence: "asc" },
    select: { action: true, outcome: true, reason: true },
  });
}

async function refusedWith(came: { location: string; cookie: string; correlationId: string }, reason: string) {
  expect(came.cookie).toBe("");
  expect(came.location).toMatch(/^\/sign-in\?sso=/);
  expect(await reasonsOf(came.correlationId)).toMatchObject([{ action: "session.refused", outcome: "denied", reason }]);
}

function rolesOf(email: string) {
  return db.membership.findMany({
    where: { user: { email } },
    // The whole organization after its tenants.
    orderBy: { tenantId: "asc" },
    select: { organizationId: true, tenantId: true, role: true, fromGroup: true },
  });
}

describe("a sign-in at the OpenID provider", () => {
  test("makes an account with the roles of the person's groups, and leads to where one was going", async () => {
    const person = newPerson();
    const came = await signInThere({ ...person, groups: ["east", "viewers", admins, "others", "lost"] });
    expect(came.location).toBe("/identity/profile");
    expect(await sessionPrincipal(came.cookie)).toMatchObject({
      method: "sso",
      user: { email: person.email, name: person.name },
    });
    expect(await rolesOf(person.email)).toEqual([
      { organizationId: place.organizationId, tenantId: tenant, role: "editor", fromGroup: true },
      { organizationId: place.organizationId, tenantId: null, role: "admin", fromGroup: true },
    ]);
    expect((await reasonsOf(came.correlationId)).map(({ action }) => action)).toEqual([
      "member.added",
      "member.role_changed",
      "session.started",
    ]);
  });

  test("brings mapped roles up to date each time, and leaves those that people gave", async () => {
    const person = newPerson();
    await signInThere({ ...person, groups: ["viewers", "east"] });
    const manual = await createPlace();
    const { id } = await db.user.findUniqueOrThrow({ where: { email: person.email } });
    await db.membership.create({ data: { userId: id, organizationId: manual.organizationId, role: "editor" } });
    await signInThere({ ...person, groups: [admins] });
    const roles = await rolesOf(person.email);
    expect(roles).toHaveLength(2);
    expect(roles).toContainEqual({ ...place, tenantId: null, role: "admin", fromGroup: true });
    expect(roles).toContainEqual({ ...manual, tenantId: null, role: "editor", fromGroup: false });
    const last = await signInThere({ ...person, groups: [] });
    expect(await rolesOf(person.email)).toMatchObject([{ organizationId: manual.organizationId }]);
    expect((await reasonsOf(last.correlationId)).map(({ action }) => action).sort()).toEqual([
      "member.removed",
      "session.started",
    ]);
  });

  test("takes the last role away also where that leaves none, and then opens nothing", async () => {
    const person = newPerson();
    await signInThere({ ...person, groups: ["viewers"] });
    const came = await signInThere({ ...person, groups: undefined });
    expect(came).toMatchObject({ cookie: "", location: expect.stringContaining("sso=refused") });
    expect(await rolesOf(person.email)).toEqual([]);
    expect(await reasonsOf(came.correlationId)).toMatchObject([
      { action: "member.removed" },
      { action: "session.refused", reason: "sso_no_role" },
    ]);
  });

  test("leaves an organization its last owner", async () => {
    const person = newPerson();
    await signInThere({ ...person, groups: ["owners"] });
    const others = {
      organizationId: place.organizationId,
      role: "owner",
      user: { email: { not: person.email } },
    } as const;
    await db.membership.deleteMany({ where: others });
    const came = await signInThere({ ...person, groups: [] });
    expect(await rolesOf(person.email)).toMatchObject([{ role: "owner", fromGroup: true }]);
    expect((await reasonsOf(came.correlationId))[0]).toMatchObject({ outcome: "denied", reason: "last_owner" });
  });

  test("knows a person by issuer and subject, whatever their e-mail is now", async () => {
    const person = newPerson();
    await signInThere({ ...person, groups: ["viewers"] });
    const renamed = await signInThere({ ...person, email: newPerson().email, groups: ["viewers"] });
    expect(await sessionPrincipal(renamed.cookie)).toMatchObject({ user: { email: person.email } });
    const heir = await signInThere({ ...newPerson(), email: person.email, groups: ["viewers"] });
    await refusedWith(heir, "sso_linked_elsewhere");
  });

  test("that comes at once from two tabs makes one account", async () => {
    const person = newPerson();
    provider.next.claims = { ...person, groups: ["viewers"] };
    const begun = await Promise.all([leave(), leave(), leave()]);
    const came = await Promise.all(begun.map((there) => comeBack(there)));
    expect(came.map(({ location }) => location)).toEqual(Array(3).fill("/identity/profile"));
    expect(await rolesOf(person.email)).toHaveLength(1);
  });
});

describe("an account that was there before", () => {
  async function account(role: RoleId = "viewer", where?: Place) {
    const passwordHash = await hashPassword(password);
    return createMember(where ?? (await createPlace()), role, { passwordHash });
  }

  test("is taken over by its verified e-mail: the password that others may know is gone, and what it began", async () => {
    const user = await account("owner");
    const before = await sessionCookie(user);
    const token = await createTokenRow(place, { kind: "personal", creatorId: user.id });
    const came = await signInThere({ ...newPerson(), email: user.email.toUpperCase() });
    expect(await sessionPrincipal(came.cookie)).toMatchObject({ user: { id: user.id } });
    expect(await sessionPrincipal(before)).toBeNull();
    expect((await call(listOrganizations, "/identity/organizations", { token: token.secret })).status).toBe(401);
    const origin = { correlationId: randomUUID(), method: "POST", path: "/", address: randomUUID(), userAgent: null };
    expect(await signIn({ email: user.email, password }, origin)).toEqual({ outcome: "refused" });
  });

  test("keeps its password when the browser is signed in to it already, or as an owner that the settings vouch for", async () => {
    const user = await account();
    await signInThere({ ...newPerson(), email: user.email }, await sessionCookie(user));
    const owner = await account("owner", place);
    await signInThere({ ...newPerson(), email: owner.email, groups: ["owners"] });
    const origin = { correlationId: randomUUID(), method: "POST", path: "/", address: null, userAgent: null };
    for (const { email } of [user, owner])
      expect(await signIn({ email, password }, origin)).toMatchObject({ outcome: "signed_in" });
  });

  test("is not taken over by an e-mail that the provider does not vouch for", async () => {
    const user = await account();
    for (const email_verified of [false, "false", undefined, null])
      await refusedWith(
        await signInThere({ ...newPerson(), email: user.email, email_verified }),
        "sso_email_not_verified",
      );
  });

  test("that is disabled stays out", async () => {
    const person = newPerson();
    await signInThere({ ...person, groups: ["viewers"] });
    await db.user.update({ where: { email: person.email }, data: { disabledAt: new Date() } });
    const came = await signInThere({ ...person, groups: ["viewers"] });
    await refusedWith(came, "account_disabled");
  });

  test("whose person has no account and no role gets none", async () => {
    const person = newPerson();
    await refusedWith(await signInThere({ ...person, groups: ["others"] }), "sso_no_role");
    expect(await db.user.count({ where: { email: person.email } })).toBe(0);
  });
});

describe("refused, with the exact reason on record and none in the address", () => {
  const hourAgo = Math.floor(Date.now() / 1000) - 3600;

  test.each([
    ["sso_wrong_issuer", { iss: "https://evil.example.com" }],
    ["sso_wrong_audience", { aud: "somebody-else" }],
    ["sso_wrong_audience", { aud: ["praxis", "somebody-else"] }],
    ["sso_wrong_nonce", { nonce: "another" }],
    ["sso_invalid_response", { nonce: undefined }],
    ["sso_id_token_expired", { exp: hourAgo }],
    ["sso_invalid_response", { sub: undefined }],
  ])("%s: %o", async (reason, wrong) => {
    const came = await signInThere({ ...newPerson(), groups: ["viewers"], ...wrong });
    await refusedWith(came, reason);
    expect(came.location).not.toContain(reason);
    expect(came.location).toContain(came.correlationId);
  });

  test("a signature by another key", async () => {
    provider.next.wrongKey = true;
    await refusedWith(await signInThere({ ...newPerson(), groups: ["viewers"] }), "sso_wrong_signature");
  });

  test("a state that came back before, and a code that did", async () => {
    provider.next.claims = { ...newPerson(), groups: ["viewers"] };
    const first = await leave();
    expect((await comeBack(first)).cookie).not.toBe("");
    await refusedWith(await comeBack(first), "sso_state_replayed");
    const second = await leave();
    const code = new URL(first.back).searchParams.get("code") ?? "";
    const back = new URL(second.back);
    back.searchParams.set("code", code);
    await refusedWith(await comeBack({ ...second, back: back.href }), "sso_code_refused");
  });

  test("a state that another browser began, or nobody", async () => {
    provider.next.claims = { ...newPerson(), groups: ["viewers"] };
    const [victim, attacker] = await Promise.all([leave(), leave()]);
    await refusedWith(await comeBack({ ...attacker, kept: "" }), "sso_unknown_state");
    await refusedWith(await comeBack({ ...attacker, kept: victim.kept }), "sso_unknown_state");
    const [name] = attacker.kept.split("=");
    await refusedWith(
      await comeBack({ ...attacker, kept: `${name}=${victim.kept.split("=")[1]}` }),
      "sso_unknown_state",
    );
    await refusedWith(await comeBack({ kept: "", back: `${base}/sign-in/sso/callback` }), "sso_unknown_state");
  });

  test("a cancelled sign-in, and an error of the provider's", async () => {
    for (const [error, reason] of [
      ["access_denied", "sso_cancelled"],
      ["server_error", "sso_invalid_response"],
    ] as const) {
      const there = await leave();
      const back = new URL(there.back);
      back.searchParams.delete("code");
      back.searchParams.set("error", error);
      await refusedWith(await comeBack({ ...there, back: back.href }), reason);
    }
  });

  test("a provider that is down", async () => {
    const there = await leave();
    provider.down = true;
    const came = await comeBack(there);
    provider.down = false;
    await refusedWith(came, "sso_provider_unavailable");
    expect(came.location).toContain("sso=unavailable");
  });
});

describe("confirming who is there", () => {
  const confirmation = "confirm";
  const aged = (cookie: string) =>
    sessionPrincipal(cookie).then(async (principal) => {
      await db.session.update({
        where: { id: principal?.sessionId ?? "" },
        data: { authenticatedAt: new Date(Date.now() - 3_600_000) },
      });
    });
  const personalToken = (cookie: string) =>
    call(createPersonalToken, "/identity/personal-tokens", { cookie, body: { name: "CI" } });

  test("counts when the provider says that the same person gave their password just now", async () => {
    const person = newPerson();
    const { cookie } = await signInThere({ ...person, groups: ["viewers"] });
    expect((await personalToken(cookie)).body.error).toBe("reauthentication_required");
    provider.next.claims = { ...person, groups: ["viewers"], auth_time: Math.floor(Date.now() / 1000) };
    const came = await comeBack(await leave({ cookie, query: confirmation }), cookie);
    expect(came.location).toBe("/sign-in/confirmed");
    expect(await reasonsOf(came.correlationId)).toMatchObject([
      { action: "session.reauthenticated", outcome: "success" },
    ]);
    expect((await personalToken(cookie)).status).toBe(201);
  });

  test("does not for a password of long ago, nor somebody else's, nor another session's", async () => {
    const person = newPerson();
    const { cookie } = await signInThere({ ...person, groups: ["viewers"], auth_time: Math.floor(Date.now() / 1000) });
    await aged(cookie);
    const now = Math.floor(Date.now() / 1000);
    const attempts = [
      { claims: { ...person, auth_time: now - 3600 }, with: cookie, reason: "sso_not_recent" },
      { claims: { ...person, auth_time: undefined }, with: cookie, reason: "sso_not_recent" },
      { claims: { ...newPerson(), auth_time: now }, with: cookie, reason: "sso_other_person" },
      { claims: { ...person, auth_time: now }, with: "", reason: "sso_other_person" },
    ];
    for (const attempt of attempts) {
      provider.next.claims = attempt.claims;
      const came = await comeBack(await leave({ cookie, query: confirmation }), attempt.with);
      expect(came.location).toMatch(/^\/sign-in\/confirmed\?sso=refused/);
      expect(await reasonsOf(came.correlationId)).toMatchObject([
        { action: "session.reauthentication_refused", reason: attempt.reason },
      ]);
    }
    expect((await personalToken(cookie)).body.error).toBe("reauthentication_required");
  });
});

describe("an organization that requires single sign-on", () => {
  async function strictPlace() {
    const strict = await createPlace();
    await db.organization.update({ where: { id: strict.organizationId }, data: { ssoRequired: true } });
    return strict;
  }
  const headersOf = ({ organizationId }: Place) => ({ "x-ne-org-id": organizationId });
  const read = (where: Place, credentials: { cookie?: string; token?: string }) =>
    call(getOrganization, "/identity/organization", { ...credentials, headers: headersOf(where) });

  test("gives a password no rights from that moment, but to its owners; single sign-on gives them", async () => {
    const strict = await createPlace();
    const [owner, admin] = await Promise.all([createMember(strict, "owner"), createMember(strict, "admin")]);
    const [ownerCookie, adminCookie] = await Promise.all([sessionCookie(owner), sessionCookie(admin)]);
    expect((await read(strict, { cookie: adminCookie })).status).toBe(200);
    const changed = await call(patchOrganization, "/identity/organization", {
      method: "PATCH",
      cookie: ownerCookie,
      headers: headersOf(strict),
      body: { ssoRequired: true },
    });
    expect(changed).toMatchObject({ status: 200, body: { ssoRequired: true } });
    expect(await read(strict, { cookie: adminCookie })).toMatchObject({ status: 403, body: { error: "sso_required" } });
    expect((await call(listOrganizations, "/identity/organizations", { cookie: adminCookie })).body.items).toEqual([]);
    expect((await read(strict, { cookie: ownerCookie })).status).toBe(200);
    const came = await signInThere({ ...newPerson(), email: admin.email });
    expect((await read(strict, { cookie: came.cookie })).status).toBe(200);
  });

  test("gives personal tokens rights only when such a session made them", async () => {
    const strict = await strictPlace();
    const owner = await createMember(strict, "owner");
    const issue = (cookie: string) =>
      call(createPersonalToken, "/identity/personal-tokens", { cookie, body: { name: "CI" } });
    const { secret } = (await issue(await sessionCookie(owner))).body;
    expect(await read(strict, { token: secret })).toMatchObject({ status: 403, body: { error: "sso_required" } });
    const now = Math.floor(Date.now() / 1000);
    const { cookie } = await signInThere({ ...newPerson(), email: owner.email, auth_time: now });
    expect((await read(strict, { token: (await issue(cookie)).body.secret })).status).toBe(200);
  });

  test("refuses passwords at the door where nothing else is behind it; an owner's opens it, on record", async () => {
    const strict = await strictPlace();
    const passwordHash = await hashPassword(password);
    const tenantOwner = await createMember(strict, "owner", { passwordHash, only: "tenant" });
    const owner = await createMember(strict, "owner", { passwordHash });
    const attempt = async (email: string) => {
      const correlationId = randomUUID().replaceAll("-", "");
      const origin = { correlationId, method: "POST", path: "/", address: null, userAgent: null };
      return { result: await signIn({ email, password }, origin), events: await reasonsOf(correlationId) };
    };
    expect(await attempt(tenantOwner.email)).toMatchObject({
      result: { outcome: "sso_required" },
      events: [{ action: "session.refused", reason: "sso_required" }],
    });
    expect(await attempt(owner.email)).toMatchObject({
      result: { outcome: "signed_in" },
      events: [{ action: "session.started", reason: "break_glass" }],
    });
  });

  test("is made so by an owner's session alone, and one that gave its password lately", async () => {
    const there = await createPlace();
    const [owner, admin] = await Promise.all([createMember(there, "owner"), createMember(there, "admin")]);
    const token = await createTokenRow(there, { kind: "personal", creatorId: owner.id });
    const change = (credentials: { cookie?: string; token?: string }) =>
      call(patchOrganization, "/identity/organization", {
        method: "PATCH",
        ...credentials,
        headers: headersOf(there),
        body: { ssoRequired: true },
      });
    expect((await change({ token: token.secret })).body.error).toBe("forbidden");
    expect((await change({ cookie: await sessionCookie(admin) })).body.error).toBe("insufficient_scope");
    const old = await sessionCookie(owner, { authenticatedAt: new Date(Date.now() - 3_600_000) });
    expect((await change({ cookie: old })).body.error).toBe("reauthentication_required");
  });
});

test("a session by single sign-on ends at its age, however much it is used", async () => {
  const { cookie } = await signInThere({ ...newPerson(), groups: ["viewers"] });
  const principal = await sessionPrincipal(cookie);
  const createdAt = new Date(Date.now() - 12 * 3_600_000 - 1000);
  await db.session.update({ where: { id: principal?.sessionId ?? "" }, data: { createdAt } });
  expect(await sessionPrincipal(cookie)).toBeNull();
});

test("ways that a browser began and did not come back from are forgotten, but the latest", async () => {
  const begun = Array.from({ length: 7 }, (_, index) => `praxis.sso-state${index}=kept`);
  const headers = { cookie: ["other=1", ...begun].join("; ") };
  const answer = await goToProvider(new Request(`${base}/sign-in/sso`, { headers }));
  const [first, second, kept, ...more] = answer.headers.getSetCookie();
  expect(first).toMatch(/^praxis\.sso-state0=; Max-Age=0; Path=\/;/);
  expect(second).toMatch(/^praxis\.sso-state1=; Max-Age=0; Path=\/;/);
  expect([kept?.startsWith("praxis.sso-"), kept?.includes("Max-Age=600"), more]).toEqual([true, true, []]);
});

test("another site, or another host of this one, cannot begin a sign-in here", async () => {
  for (const site of ["cross-site", "same-site"]) {
    const headers = { "sec-fetch-site": site };
    const answer = await goToProvider(new Request(`${base}/sign-in/sso?returnTo=//evil.example.com`, { headers }));
    expect(answer.headers.get("location")).toBe("/sign-in?returnTo=%2F");
  }
});

test("nothing but the answer that was asked for opens a session, whatever comes back, and none is a fault", async () => {
  const good = { ...(await leave()) };
  const real = new URL(good.back).searchParams;
  const [name = "", value = ""] = good.kept.split(/=(.*)/s);
  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.constantFrom("", "null", "a".repeat(5000)));
  const parameter = (key: string) =>
    fc.tuple(fc.constant(key), fc.oneof(text, fc.constant(real.get(key) ?? "x"), cutOf(real.get(key) ?? "")));
  const query = fc.array(
    fc.oneof(
      ...["state", "code", "iss", "error", "error_description", "response"].map(parameter),
      fc.tuple(text, text),
    ),
    { maxLength: 6 },
  );
  const cookie = fc.oneof(
    fc.constant(""),
    // With the right one, nobody but the provider knows the rest.
    cutOf(value).map((broken) => `${name}=${broken}`),
    text.map((junk) => `${name}=${encodeURIComponent(junk)}`),
  );
  await fc.assert(
    fc.asyncProperty(query, cookie, async (pairs, kept) => {
      const back = `${base}/sign-in/sso/callback?${new URLSearchParams(pairs.map(([key, to]) => [key, to]))}`;
      const came = await comeBack({ kept, back });
      expect([came.cookie, came.location]).toEqual([
        "",
        expect.stringMatching(/^\/sign-in(\/confirmed)?\?sso=refused&/),
      ]);
    }),
    { numRuns: 300 },
  );
  // And all the while it stood open to the one who asked.
  provider.next.claims = { ...newPerson(), groups: [admins] };
  expect((await comeBack(await leave())).cookie).not.toBe("");
});

/** The text without its end, or with another character in its midst. */
function cutOf(whole: string): fc.Arbitrary<string> {
  const at = fc.nat({ max: Math.max(0, whole.length - 2) });
  return fc.oneof(
    at.map((end) => whole.slice(0, end)),
    at.map((index) => whole.slice(0, index) + (whole[index] === "A" ? "B" : "A") + whole.slice(index + 1)),
  );
}
