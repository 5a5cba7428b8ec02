import type { Locator, Page } from "@playwright/test";
import { db } from "@/lib/db/client";
import { createMember, createTokenRow, type Place } from "@/lib/test/fixtures";
import { expect, test, url } from "./support/story";

// How key states look. After a change that was meant: `UPDATE_APPEARANCE=1 npm test -- browser`, and look at each.

const day = 24 * 60 * 60 * 1000;
const schemes = ["light", "dark"] as const;
const phone = { width: 390, height: 844 };

test("the table of tokens, in both themes and on a phone", async ({ page, signIn, openTokens }) => {
  const { place, user } = await signIn({ role: "owner", name: "Grace Okafor" });
  await nameAcme(place);
  await addTokens(place, user.id, { expiring: true });
  await openTokens(place);
  await expect(page.getByRole("row", { name: /Edge collector/ })).toBeVisible();
  for (const scheme of schemes) await looksAs(page, "tokens", scheme);
  await page.setViewportSize(phone);
  for (const scheme of schemes) await looksAs(page, "tokens-phone", scheme);
});

test("a tenant without tokens, and the dialog that creates one", async ({ page, signIn, openTokens }) => {
  const { place } = await signIn({ role: "owner", name: "Grace Okafor" });
  await nameAcme(place);
  // The dialog says when the token will end.
  await page.clock.setFixedTime("2027-01-15T12:00:00Z");
  await openTokens(place);
  for (const scheme of schemes) await looksAs(page, "no-tokens", scheme);
  await page.getByRole("button", { name: "Create token" }).click();
  const dialog = page.getByRole("dialog", { name: "Create API token" });
  await dialog.getByLabel("Name").fill("Deploy job, staging");
  await dialog.getByText("Data access", { exact: true }).click();
  for (const scheme of schemes) await looksAs(page, "create", scheme, dialog);
  await page.setViewportSize(phone);
  await dialog.getByText("Custom", { exact: true }).click();
  await dialog
    .getByRole("searchbox")
    .first()
    .evaluate((search) => search.scrollIntoView({ block: "start" }));
  for (const scheme of schemes) await looksAs(page, "create-custom-phone", scheme, dialog);
});

test("the drawer that shows a secret once", async ({ page, signIn, openTokens }) => {
  const { place } = await signIn({ role: "owner" });
  await openTokens(place);
  await page.getByRole("button", { name: "Create token" }).click();
  const dialog = page.getByRole("dialog", { name: "Create API token" });
  await dialog.getByLabel("Name").fill("Deploy job, staging");
  await dialog.getByText("Read only", { exact: true }).click();
  await dialog.getByRole("button", { name: "Create token" }).click();
  const drawer = page.getByRole("dialog", { name: "Store your secret" });
  for (const scheme of schemes) await looksAs(page, "secret", scheme, drawer);
  await page.setViewportSize(phone);
  for (const scheme of schemes) await looksAs(page, "secret-phone", scheme, drawer);
});

test("revoking many", async ({ page, signIn, openTokens }) => {
  const { place, user } = await signIn({ role: "owner", name: "Grace Okafor" });
  await nameAcme(place);
  await addTokens(place, user.id, { expiring: false });
  await openTokens(place);
  await page.getByRole("checkbox", { name: "Select all on this page" }).first().check();
  await page.getByRole("button", { name: /^Revoke/ }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByRole("textbox").first()).toBeVisible();
  for (const scheme of schemes) await looksAs(page, "revoke-many", scheme, dialog);
});

test("the page that signs in", async ({ page }) => {
  await page.goto(url("/sign-in"));
  for (const scheme of schemes) await looksAs(page, "sign-in", scheme);
  await page.setViewportSize(phone);
  await looksAs(page, "sign-in-phone", "light");
});

/** Compares with the picture of that name. What differs from run to run is covered: times, ids and secrets. */
async function looksAs(page: Page, name: string, colorScheme: (typeof schemes)[number], part?: Locator): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.evaluate(() => document.fonts.ready);
  const options = {
    mask: ["time", "code:not(label *)", "pre"].map((tag) => (part ?? page).locator(tag)),
    maskColor: "#888888",
    animations: "disabled",
    // Another version of the browser draws edges a little differently.
    maxDiffPixelRatio: 0.003,
  } as const;
  const picture = `${name}-${colorScheme}.png`;
  if (part) await expect(part).toHaveScreenshot(picture, options);
  else await expect(page).toHaveScreenshot(picture, options);
}

async function nameAcme({ organizationId }: Place): Promise<void> {
  await db.organization.update({ where: { id: organizationId }, data: { name: "Acme" } });
}

async function addTokens(place: Place, ownerId: string, { expiring }: { expiring: boolean }): Promise<void> {
  const adam = await createMember(place, "admin", { name: "Adam Lindqvist" });
  const samples = [
    { name: "Grafana dashboards", scopes: ["pipeline:read", "collector:read", "metrics:read"], expiresIn: 61.5 },
    { name: "Deploy job, GitHub Actions", scopes: ["pipeline:read", "pipeline:write"], expiresIn: 83.5 },
    { name: "Edge collector, Oslo", scopes: ["metrics:write"], expiresIn: 9.5 },
    { name: "Alert bridge to Pager", scopes: ["alerts:read", "alerts:write"], expiresIn: null },
  ] as const;
  for (const [index, { name, scopes, expiresIn }] of samples.entries()) {
    const token = await createTokenRow(place, {
      ...{ name, scopes, creatorId: index % 2 === 0 ? ownerId : adam.id },
      expiresAt: expiresIn === null || !expiring ? null : new Date(Date.now() + expiresIn * day),
    });
    await db.token.update({
      where: { id: token.id },
      data: { createdAt: new Date(Date.now() - (index + 0.5) * 9 * day) },
    });
  }
}
