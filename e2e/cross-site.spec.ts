import { randomBytes } from "node:crypto";
import { db } from "@/lib/db/client";
import { createMember, createTokenRow } from "@/lib/test/fixtures";
import { expect, sessionCookieOf, test, tokensUrl, url } from "./support/story";

test("a server action that another site calls does nothing, though the cookie comes with it", async ({
  page,
  signIn,
}) => {
  const { place } = await signIn({ role: "owner" });
  await page.goto(tokensUrl(place).replace("tab=api-tokens", "tab=general"));
  await page.getByLabel("Name").fill("north");
  const [sent] = await Promise.all([
    page.waitForRequest((request) => request.headers()["next-action"] !== undefined),
    page.getByRole("button", { name: "Rename" }).click(),
  ]);
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toContainText("north");
  const { "next-action": action = "", "content-type": type = "", accept = "" } = sent.headers();
  const call = (origin: string) =>
    page.request.post(sent.url(), {
      headers: { "next-action": action, "content-type": type, accept, origin },
      data: sent.postDataBuffer() ?? "",
    });
  const where = { id: place.tenantId };
  await db.tenant.update({ where, data: { name: "as it was" } });
  for (const origin of ["https://evil.example", "null", `${url("")}.evil.example`]) {
    expect((await call(origin)).ok(), origin).toBe(false);
    expect(await db.tenant.findUniqueOrThrow({ where, select: { name: true } })).toEqual({ name: "as it was" });
  }
  expect((await call(url(""))).ok()).toBe(true);
  expect(await db.tenant.findUniqueOrThrow({ where, select: { name: true } })).toEqual({ name: "north" });
});

test("signing in and out needs a token that another site cannot read", async ({ person }) => {
  const someone = await person({ role: "viewer" });
  const { user, password } = someone;
  const forged = await fetch(url("/api/auth/callback/credentials"), {
    method: "POST",
    body: new URLSearchParams({
      csrfToken: randomBytes(32).toString("hex"),
      email: user.email,
      password,
      json: "true",
    }),
    redirect: "manual",
  });
  expect(forged.headers.getSetCookie().filter((cookie) => cookie.includes("session-token"))).toEqual([]);
  const cookie = await sessionCookieOf(someone);
  await fetch(url("/api/auth/signout"), { method: "POST", headers: { cookie }, redirect: "manual" });
  expect((await fetch(url("/identity/organizations"), { headers: { cookie } })).status).toBe(200);
});

test("no callbackUrl leads to another site", async ({ person }) => {
  const { user, password } = await person({ role: "viewer" });
  for (const callbackUrl of ["https://evil.example/", "//evil.example/", "/\\evil.example", "http://evil.example@a"]) {
    const csrf = await fetch(url("/api/auth/csrf"));
    const { csrfToken } = await csrf.json();
    const answer = await fetch(url("/api/auth/callback/credentials"), {
      method: "POST",
      headers: {
        cookie: csrf.headers
          .getSetCookie()
          .map((cookie) => cookie.split(";")[0])
          .join("; "),
      },
      body: new URLSearchParams({ csrfToken, email: user.email, password, callbackUrl }),
      redirect: "manual",
    });
    const target = answer.headers.get("location");
    if (target === null) expect(answer.status, callbackUrl).toBe(400);
    else expect(new URL(target, url("/")).origin, callbackUrl).toBe(url(""));
  }
});

test("signing in takes no body beyond a mebibyte, announced or not", async () => {
  const body = `password=${"x".repeat(2 * 1024 * 1024)}`;
  const chunked = new Blob([body]).stream();
  for (const sent of [{ body }, { body: chunked, duplex: "half" as const }]) {
    const answer = await fetch(url("/api/auth/callback/credentials"), {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      ...sent,
    });
    expect([answer.status, (await answer.json()).error]).toEqual([413, "payload_too_large"]);
  }
});

test("the session cookie is out of reach of scripts, of other sites and of other hosts", async ({ page, signIn }) => {
  await signIn({ role: "viewer" });
  const session = (await page.context().cookies()).find(({ name }) => name.includes("session-token"));
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/", domain: "127.0.0.1" });
});

test("a page carries no more than it shows: no hash, nor the e-mail address of who made a token", async ({
  page,
  signIn,
}) => {
  const { place } = await signIn({ role: "viewer" });
  const creator = await createMember(place, "owner", { passwordHash: "$argon2id$canary", name: "Grace Hopper" });
  const token = await createTokenRow(place, { name: "exporter", scopes: ["pipeline:read"], creatorId: creator.id });
  const { hash } = await db.token.findUniqueOrThrow({ where: { id: token.id }, select: { hash: true } });
  const digest = Buffer.from(hash);
  const details = `/identity/settings/tenant/tokens/${token.id}?tenant=${place.tenantId}&orgId=${place.organizationId}`;
  for (const path of [tokensUrl(place), url(details)])
    for (const headers of [{}, { rsc: "1" }]) {
      const text = await (await page.request.get(path, { headers })).text();
      expect(text).toContain("Grace Hopper");
      for (const hidden of [
        creator.email,
        "$argon2id",
        token.secret,
        digest.toString("hex"),
        digest.toString("base64"),
      ])
        expect(text).not.toContain(hidden);
    }
});
