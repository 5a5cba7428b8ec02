import type { Page } from "@playwright/test";
import { db } from "@/lib/db/client";
import { createPlace, createTenant } from "@/lib/test/fixtures";
import { expect, expectAccessible, hydrated, signInWithForm, test, tokensUrl, url } from "./support/story";

test("a wrong password and an unknown account are answered alike, and nothing of them is in the address", async ({
  page,
  person,
}) => {
  const { user } = await person({ role: "viewer" });
  await page.goto(url("/sign-in"));
  await expectAccessible(page);
  for (const email of [user.email, "nobody@example.com"]) {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "don't match an active account" })).toBeVisible();
    expect(page.url()).toBe(url("/sign-in"));
  }
});

test("sign-in leads back to where one was going, the header shows who is there, and sign-out ends it", async ({
  page,
  person,
}) => {
  const { place, user, password } = await person({ role: "editor", name: "Edith Moreau" });
  await page.goto(tokensUrl(place));
  await page.getByLabel("E-mail").fill(user.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(tokensUrl(place));
  await hydrated(page);
  await page.getByRole("button", { name: "Account: Edith Moreau" }).click();
  await expect(page.getByText(user.email)).toBeVisible();
  const copied = await page.context().cookies();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  // Whoever copied the cookie is out, too: the session itself has ended.
  await page.context().addCookies(copied);
  await page.goto(tokensUrl(place));
  await expect(page).toHaveURL(/\/sign-in\?returnTo=/);
});

test("next-auth's own sign-out ends the session, too", async ({ page, signIn }) => {
  const { user } = await signIn({ role: "viewer" });
  const { csrfToken } = await (await page.request.get(url("/api/auth/csrf"))).json();
  const form = { csrfToken: "not the token", json: "true" };
  await page.request.post(url("/api/auth/signout"), { form });
  expect((await page.request.get(url("/identity/sessions"))).status()).toBe(200);
  await page.request.post(url("/api/auth/signout"), { form: { ...form, csrfToken } });
  expect(await db.session.findMany({ where: { userId: user.id } })).toMatchObject([{ endReason: "signed_out" }]);
});

test("a stranger who keeps guessing is told to wait; the owner's browser signs in all the same", async ({
  page,
  browser,
  person,
}) => {
  const { user, password } = await person({ role: "viewer" });
  const signInHere = async (there: Page, secret: string) => {
    await there.getByLabel("E-mail").fill(user.email);
    await there.getByLabel("Password", { exact: true }).fill(secret);
    await there.getByRole("button", { name: "Sign in" }).click();
  };
  await page.goto(url("/sign-in"));
  await signInWithForm(page, { email: user.email, password });
  await page.context().clearCookies({ name: /session-token/ });

  const stranger = await (await browser.newContext()).newPage();
  const { csrfToken } = await (await stranger.request.get(url("/api/auth/csrf"))).json();
  for (let guess = 0; guess < 10; guess++) {
    const form = { csrfToken, email: user.email, password: `guess ${guess}`, json: "true" };
    expect((await stranger.request.post(url("/api/auth/callback/credentials"), { form })).status()).toBe(401);
  }
  await stranger.goto(url("/sign-in"));
  await signInHere(stranger, password);
  await expect(stranger.getByRole("alert").filter({ hasText: "Try again in 15 minutes" })).toBeVisible();
  await expectAccessible(stranger);
  await stranger.context().close();

  await page.goto(url("/sign-in"));
  await signInWithForm(page, { email: user.email, password });
  await expect(page.getByRole("heading", { name: "Tenant settings" })).toBeVisible();
});

test("sign-in never leads to another site", async ({ page, person }) => {
  const { user, password } = await person({ role: "viewer" });
  await page.goto(url("/sign-in?returnTo=//evil.example/%2e%2e"));
  await signInWithForm(page, { email: user.email, password });
  await expect(page.getByRole("heading", { name: "Tenant settings" })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(url(""));
});

test("a user who is disabled is out with the next click", async ({ page, signIn, openTokens }) => {
  const { place, user } = await signIn({ role: "admin" });
  await openTokens(place);
  await db.user.update({ where: { id: user.id }, data: { disabledAt: new Date() } });
  await page.getByRole("button", { name: "Create token" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create API token" });
  await dialog.getByLabel("Name").fill("Too late");
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(dialog.getByText(/Your session has ended/)).toBeVisible();
  expect(await db.token.count({ where: { tenantId: place.tenantId } })).toBe(0);
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);
});

test("the switcher lists only the tenants one may see, and leads there", async ({ page, signIn, openTokens }) => {
  const place = await createPlace();
  const west = await createTenant(place, "west");
  await createTenant(place, "hidden-north");
  const { user } = await signIn({ role: "viewer", place: west });
  await db.membership.updateMany({ where: { userId: user.id }, data: { tenantId: west.tenantId } });
  await db.membership.create({ data: { userId: user.id, ...place, role: "viewer" } });
  await openTokens(place);
  await page.getByLabel(/^Tenant: .* \/ east$/).click();
  await expect(page.getByRole("option", { name: "west" })).toBeVisible();
  await expect(page.getByRole("option", { name: "hidden-north" })).toHaveCount(0);
  await page.getByLabel("Find a tenant").fill("wes");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`tenant=${west.tenantId}`));
  await expect(page.getByLabel(/^Tenant: .* \/ west$/)).toBeVisible();
});
