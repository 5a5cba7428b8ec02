import type { Page } from "@playwright/test";
import { db } from "@/lib/db/client";
import { createMember, createTokenRow, type Place } from "@/lib/test/fixtures";
import { expect, test, url } from "./support/story";

// How key states look. After a change that was meant: `UPDATE_APPEARANCE=1 npm test -- browser`, and look at each.

const day = 24 * 60 * 60 * 1000;
const schemes = ["light", "dark"] as const;

test("the table of tokens, in both themes and on a phone", async ({ page, signIn, openTokens }) => {
  const { place, user } = await signIn({ role: "owner", name: "Grace Okafor" });
  await nameAcme(place);
  await addTokens(place, user.id);
  await openTokens(place);
  await expect(page.getByRole("row", { name: /Edge collector/ })).toBeVisible();
  for (const scheme of schemes) await looksAs(page, "tokens", scheme);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const scheme of schemes) await looksAs(page, "tokens-phone", scheme);
});

test("the dialog that creates a token, and the drawer that shows its secret", async ({ page, signIn, openTokens }) => {
  const { place } = await signIn({ role: "owner", name: "Grace Okafor" });
  await nameAcme(place);
  await openTokens(place);
  for (const scheme of schemes) await looksAs(page, "no-tokens", scheme);
  await page.getByRole("button", { name: "Create token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Deploy job, staging");
  await dialog.getByText("Data access", { exact: true }).click();
  for (const scheme of schemes) await looksAs(page, "create", scheme);
  await dialog.getByText("Custom", { exact: true }).click();
  await page.setViewportSize({ width: 390, height: 844 });
  for (const scheme of schemes) await looksAs(page, "create-custom-phone", scheme);
  await page.setViewportSize({ width: 1440, height: 900 });
  await dialog.getByText("Read only", { exact: true }).click();
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByRole("dialog", { name: "Store your secret" })).toBeVisible();
  for (const scheme of schemes) await looksAs(page, "secret", scheme);
});

test("revoking many, and what someone without the right sees", async ({ page, signIn, openTokens }) => {
  const { place, user } = await signIn({ role: "owner", name: "Grace Okafor" });
  await nameAcme(place);
  await addTokens(place, user.id);
  await openTokens(place);
  await page.getByRole("checkbox", { name: "Select all on this page" }).first().check();
  await page.getByRole("button", { name: /^Revoke/ }).click();
  await expect(page.getByRole("alertdialog").getByRole("textbox").first()).toBeVisible();
  for (const scheme of schemes) await looksAs(page, "revoke-many", scheme);
});

test("the page that signs in", async ({ page }) => {
  await page.goto(url("/sign-in"));
  for (const scheme of schemes) await looksAs(page, "sign-in", scheme);
  await page.setViewportSize({ width: 390, height: 844 });
  await looksAs(page, "sign-in-phone", "light");
});

/** Compares with the picture of that name. What differs from run to run is covered: times, ids and secrets. */
async function looksAs(page: Page, name: string, colorScheme: (typeof schemes)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.evaluate(() => document.fonts.ready);
  await expect(page).toHaveScreenshot(`${name}-${colorScheme}.png`, {
    mask: [page.locator("time"), page.locator("code"), page.locator("pre")],
    maskColor: "#888888",
    animations: "disabled",
    // Another version of the browser draws edges a little differently.
    maxDiffPixelRatio: 0.01,
  });
}

async function nameAcme({ organizationId }: Place): Promise<void> {
  await db.organization.update({ where: { id: organizationId }, data: { name: "Acme" } });
}

async function addTokens(place: Place, ownerId: string): Promise<void> {
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
      expiresAt: expiresIn === null ? null : new Date(Date.now() + expiresIn * day),
    });
    await db.token.update({
      where: { id: token.id },
      data: { createdAt: new Date(Date.now() - (index + 0.5) * 9 * day) },
    });
  }
}
