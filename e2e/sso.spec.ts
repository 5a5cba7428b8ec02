import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { db } from "@/lib/db/client";
import { createPlace, type Place } from "@/lib/test/fixtures";
import { type ProviderAccount, startOpenidProvider } from "./support/openid";
import { startAnotherInstance } from "./support/service";
import { expect, expectAccessible, hydrated, signInWithForm, test } from "./support/story";

let provider: Awaited<ReturnType<typeof startOpenidProvider>>;
let service: Awaited<ReturnType<typeof startAnotherInstance>>;
let place: Place;

// One instance of the service serves all stories of this file.
test.describe.configure({ mode: "default" });

test.beforeAll(async () => {
  place = await createPlace();
  provider = await startOpenidProvider();
  service = await startAnotherInstance({
    ...provider.settings,
    OIDC_ROLE_MAP: JSON.stringify([
      { group: "admins", organization: place.organizationId, role: "admin" },
      { group: "viewers", organization: place.organizationId, role: "viewer" },
    ]),
  });
});

test.afterAll(async () => {
  await service?.stop();
  await provider?.stop();
});

function newAccount(groups: string[], name = "Ada Lindqvist"): ProviderAccount {
  return provider.add({ email: `ada-${randomUUID()}@example.com`, name, groups });
}

function tokens(where: Place): string {
  const query = new URLSearchParams({ tenant: where.tenantId, orgId: where.organizationId, tab: "api-tokens" });
  return `${service.url}/identity/settings/tenant?${query}`;
}

async function logIn(page: Page, account: ProviderAccount): Promise<void> {
  await page.getByLabel("Account").fill(account.email);
  await page.getByRole("button", { name: "Log in" }).click();
}

async function continueWithProvider(page: Page, account: ProviderAccount): Promise<void> {
  await page.getByRole("link", { name: "Continue with Acme Login" }).click();
  await logIn(page, account);
}

test("a provider that is down, and then is not: people are told, and the service is ready all along", async ({
  page,
}) => {
  await page.goto(`${service.url}/sign-in`);
  await page.getByRole("link", { name: "Continue with Acme Login" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Acme Login can't be reached right now" })).toBeVisible();
  await hydrated(page);
  await expectAccessible(page);
  const reference = (await page.getByText(/^Reference:/).textContent()) ?? "";
  const correlationId = /[0-9a-f]{32}/.exec(reference)?.[0] ?? "";
  expect(await db.auditEvent.findMany({ where: { correlationId } })).toMatchObject([
    { action: "session.refused", outcome: "denied", reason: "sso_provider_unavailable" },
  ]);
  expect((await page.request.get(`${service.url}/readyz`)).status()).toBe(200);
  provider.serve(service.url);
  await continueWithProvider(page, newAccount(["viewers"]));
  await expect(page.getByRole("heading", { name: "API tokens", exact: true })).toBeVisible();
});

test("a person of a mapped group signs in for the first time, and is led to where they were going", async ({
  page,
}) => {
  provider.serve(service.url);
  const account = newAccount(["viewers"]);
  await page.goto(tokens(place));
  const [request] = await Promise.all([
    page.waitForRequest((asked) => asked.url().includes("/auth?")),
    page.getByRole("link", { name: "Continue with Acme Login" }).click(),
  ]);
  const asked = new URL(request.url()).searchParams;
  expect(asked.get("code_challenge_method")).toBe("S256");
  for (const name of ["state", "nonce", "code_challenge"]) expect(asked.get(name)?.length).toBeGreaterThan(40);
  await logIn(page, account);
  await expect(page).toHaveURL(tokens(place));
  await hydrated(page);
  await expect(page.getByRole("button", { name: "Account: Ada Lindqvist" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Create token" }).first()).toHaveAttribute("aria-disabled", "true");

  account.groups = ["admins"];
  await page.context().clearCookies({ name: /session-token/ });
  await page.goto(tokens(place));
  // The provider knows them still.
  await page.getByRole("link", { name: "Continue with Acme Login" }).click();
  await expect(page).toHaveURL(tokens(place));
  await hydrated(page);
  await expect(page.getByRole("button", { name: "Create token" }).first()).not.toHaveAttribute("aria-disabled", "true");

  await page.goto(`${service.url}/identity/profile?tab=sessions`);
  await expect(page.getByRole("row", { name: /This device/ })).toContainText("by single sign-on");
  await expectAccessible(page);
  await page.goto(`${service.url}/identity/profile?tab=account`);
  await expect(page.getByText("You sign in by single sign-on and have no password here.")).toBeVisible();

  await page.goto(`${service.url}/identity/settings/organization?orgId=${place.organizationId}&tab=audit`);
  await expect(page.getByText("Single sign-on made").first()).toContainText("admin instead of viewer");
});

test("who is disabled at the provider does not come in again", async ({ page }) => {
  provider.serve(service.url);
  const account = newAccount(["viewers"]);
  await page.goto(tokens(place));
  await continueWithProvider(page, account);
  await expect(page).toHaveURL(tokens(place));
  account.disabled = true;
  await page.context().clearCookies();
  await page.goto(tokens(place));
  await continueWithProvider(page, account);
  await expect(page.getByRole("alert").filter({ hasText: "You did not sign in at Acme Login" })).toBeVisible();
  await page.goto(tokens(place));
  await expect(page).toHaveURL(/\/sign-in\?returnTo=/);
});

test("confirms who they are at the provider, in a tab of its own, and the form goes on by itself", async ({ page }) => {
  provider.serve(service.url);
  const account = newAccount(["admins"]);
  await page.goto(`${service.url}/identity/profile`);
  await continueWithProvider(page, account);
  await expect(page).toHaveURL(/\/identity\/profile/);
  await hydrated(page);
  await page.getByRole("button", { name: "Create token" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create personal token" });
  await dialog.getByLabel("Name").fill("Laptop");
  await dialog.getByRole("button", { name: "Create token" }).click();
  const prompt = page.getByRole("dialog", { name: "Confirm who you are" });
  await expect(prompt.getByRole("link", { name: "Confirm with Acme Login" })).toBeFocused();
  await expectAccessible(page);
  const [tab] = await Promise.all([
    page.context().waitForEvent("page"),
    prompt.getByRole("link", { name: "Confirm with Acme Login" }).click(),
  ]);
  await logIn(tab, account);
  await expect(page.getByRole("dialog", { name: "Store your secret" })).toBeVisible();
});

test("an owner requires single sign-on: members with passwords have no rights from then on, and are told how to get them", async ({
  page,
  browser,
  person,
}) => {
  provider.serve(service.url);
  const owner = await person({ role: "owner", name: "Olga Petrova" });
  const member = await person({ role: "editor", place: owner.place, name: "Marie Keller" });
  const other = await (await browser.newContext()).newPage();
  await other.goto(tokens(owner.place));
  await signInWithForm(other, { email: member.user.email, password: member.password });
  await expect(other.getByRole("heading", { name: "API tokens", exact: true })).toBeVisible();

  await page.goto(`${service.url}/identity/settings/organization?orgId=${owner.place.organizationId}&tab=general`);
  await signInWithForm(page, { email: owner.user.email, password: owner.password });
  await page.getByRole("checkbox", { name: "Require single sign-on" }).check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Single sign-on is required now")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Require single sign-on" })).toBeChecked();

  await other.goto(tokens(owner.place));
  await expect(other.getByRole("heading", { name: "This organization requires single sign-on" })).toBeVisible();
  await expectAccessible(other);
  provider.add({ email: member.user.email, name: member.user.name, groups: [] });
  await other.getByRole("link", { name: "Continue with Acme Login" }).click();
  await logIn(other, { email: member.user.email, name: member.user.name, groups: [] });
  await expect(other).toHaveURL(tokens(owner.place));
  await expect(other.getByRole("heading", { name: "API tokens", exact: true })).toBeVisible();

  await other.context().clearCookies();
  await other.goto(tokens(owner.place));
  await other.getByLabel("E-mail").fill(member.user.email);
  await other.getByLabel("Password", { exact: true }).fill(member.password);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("alert").filter({ hasText: "Your organization requires single sign-on" })).toBeVisible();
  await other.context().close();
});

test.describe("on a phone, in German", () => {
  test.use({ viewport: { width: 390, height: 844 }, locale: "de-DE" });

  test("the sign-in page fits and speaks", async ({ page }) => {
    await page.goto(`${service.url}/sign-in?sso=refused&id=${"0".repeat(32)}`);
    await expect(page.getByRole("link", { name: "Weiter mit Acme Login" })).toBeVisible();
    await expect(page.getByRole("alert").filter({ hasText: "Sie konnten nicht angemeldet werden" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  });
});
