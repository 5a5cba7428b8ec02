import type { Page } from "@playwright/test";
import { allScopes } from "@/lib/access/scopes";
import { db } from "@/lib/db/client";
import { createTokenRow, type Place } from "@/lib/test/fixtures";
import { expect, expectAccessible, hydrated, test, url } from "./support/story";

const day = 24 * 60 * 60 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * day);

async function openPolicy(page: Page, place: Place) {
  const query = new URLSearchParams({ tenant: place.tenantId, orgId: place.organizationId, tab: "policy" });
  await page.goto(url(`/identity/settings/tenant?${query}`));
  await expect(page.getByRole("heading", { name: "Token policy" })).toBeVisible();
}

test("an admin tightens the policy: sees what it would hit, then deals with the tokens that no longer fit", async ({
  page,
  signIn,
  api,
}) => {
  const { place } = await signIn({ role: "admin" });
  const creatorId = (await createTokenRow(place, { name: "Short", expiresAt: inDays(5) })).creatorId;
  const forever = await createTokenRow(place, { creatorId, name: "Old deploy key", scopes: ["pipeline:read"] });
  await createTokenRow(place, { creatorId, name: "Warehouse export", expiresAt: inDays(200), lastUsedAt: inDays(-1) });
  await createTokenRow(place, { creatorId, name: "Migration 2025", expiresAt: inDays(20), scopes: allScopes });
  await openPolicy(page, place);
  const form = page.getByRole("form", { name: "Token policy" });
  const save = form.getByRole("button", { name: "Save policy" });

  await test.step("is told what is wrong, at the field", async () => {
    await form.getByLabel("Maximum lifetime").fill("30");
    await expect(form.getByRole("checkbox", { name: "Allow tokens that never expire" })).not.toBeChecked();
    await save.click();
    await expect(form.getByText("Use at most 30, the maximum lifetime; it is 90")).toBeVisible();
    await expect(form.getByLabel("Default lifetime")).toBeFocused();
  });

  await test.step("sees before saving what it would hit", async () => {
    await form.getByLabel("Default lifetime").fill("7");
    await expect(form.getByText("2 working tokens would violate this policy")).toBeVisible();
    await expect(form.getByText(/Nothing stops working by itself/)).toBeVisible();
    await form.getByRole("checkbox", { name: "Allow Full access" }).click();
    await expect(form.getByText("3 working tokens would violate this policy")).toBeVisible();
    await expectAccessible(page);
  });

  const list = page.getByRole("region", { name: "3 tokens violate this policy" });
  await test.step("saves it; no token stops working", async () => {
    await save.click();
    await expect(page.getByText("Saved the policy")).toBeVisible();
    await expect(list.getByText("Never expires; the policy allows 30 days at most")).toBeVisible();
    await expect(list.getByText("Holds every scope, which the policy does not allow")).toBeVisible();
    expect((await api("GET", "/v1/pipelines", { token: forever.secret })).status).toBe(200);
    await page.reload();
    await expect(form.getByLabel("Maximum lifetime")).toHaveValue("30");
  });

  await test.step("shortens those that are still needed", async () => {
    await list.getByRole("checkbox", { name: "Select all that are shown" }).check();
    await list.getByRole("button", { name: "Shorten…" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Shorten 3 tokens?" });
    await dialog.getByLabel("Last day").fill(inDays(25).toISOString().slice(0, 10));
    await expect(dialog.getByText(/^2 tokens would stop working on .*; 1 ends earlier already/)).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Shorten 2 tokens" }).click();
    await expect(page.getByText("Shortened 2 tokens")).toBeVisible();
    await expect(page.getByRole("heading", { name: "1 token violates this policy" })).toBeFocused();
    const { expiresAt } = await db.token.findUniqueOrThrow({ where: { id: forever.id } });
    expect(expiresAt?.toISOString()).toMatch(/T23:59:59\.000Z$/);
  });

  await test.step("and revokes the one that is not", async () => {
    await page.getByRole("checkbox", { name: "Select Migration 2025" }).check();
    await page.getByRole("button", { name: "Revoke…" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Revoke the selected tokens?" });
    await dialog.getByRole("radio", { name: /Unused/ }).click();
    await dialog.getByRole("button", { name: "Revoke 1 token" }).click();
    await page.getByRole("alertdialog", { name: "Tokens revoked" }).getByRole("button", { name: "Done" }).click();
    await expect(page.getByRole("heading", { name: "No token violates this policy" })).toBeVisible();
  });
});

test("idle revocation says beforehand what the job will revoke, and when", async ({ page, signIn }) => {
  const { place } = await signIn({ role: "owner" });
  const { id } = await createTokenRow(place, { name: "Forgotten", expiresAt: inDays(100) });
  await db.token.update({ where: { id }, data: { createdAt: inDays(-100) } });
  await openPolicy(page, place);
  const form = page.getByRole("form", { name: "Token policy" });
  await form.getByLabel("Revoke when unused for").fill("90");
  await expect(form.getByText("1 working token would violate this policy")).toBeVisible();
  await expect(
    form.getByText(/not been used for more than 90 days: a job that runs every hour revokes it/),
  ).toBeVisible();
  await form.getByRole("button", { name: "Discard" }).click();
  await expect(form.getByLabel("Revoke when unused for")).toHaveValue("");
  await expect(form.getByText("No changes")).toBeVisible();
});

test("who may not change the policy sees it, and why it stays as it is", async ({ page, signIn }) => {
  const { place } = await signIn({ role: "editor" });
  await db.tenant.update({ where: { id: place.tenantId }, data: { requiredCidrs: ["10.0.0.0/8"] } });
  await createTokenRow(place, { name: "Roaming", expiresAt: inDays(3) });
  await openPolicy(page, place);
  await expect(page.getByText(/Your role here doesn't include tenant:write/)).toBeVisible();
  await expect(page.getByLabel("Required addresses")).toHaveValue("10.0.0.0/8");
  await expect(page.getByLabel("Required addresses")).not.toBeEditable();
  await expect(page.getByRole("button", { name: "Save policy" })).toBeHidden();
  await page.getByRole("checkbox", { name: "Allow Full access" }).press("Space");
  await expect(page.getByRole("checkbox", { name: "Allow Full access" })).toBeChecked();
  await page.getByRole("checkbox", { name: "Select Roaming" }).check();
  await expect(page.getByRole("button", { name: "Revoke…" })).toHaveAttribute("aria-disabled", "true");
  await expectAccessible(page);
});

test("a new token is offered what the policy allows, and gets its defaults", async ({ page, signIn, openTokens }) => {
  const { place } = await signIn({ role: "owner" });
  await db.tenant.update({
    where: { id: place.tenantId },
    data: { maxLifetimeDays: 45, defaultLifetimeDays: 45, fullAccessAllowed: false, requiredCidrs: ["10.0.0.0/8"] },
  });
  await openTokens(place);
  await page.getByRole("button", { name: "Create token" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create API token" });
  await dialog.getByLabel("Name").fill("Edge collector");
  await expect(dialog.getByRole("radio", { name: /Full access/ })).toHaveAttribute("aria-disabled", "true");
  await expect(dialog.getByText("The tenant's policy doesn't allow it.")).toBeVisible();
  await expect(dialog.getByText(/Stops working on .* The tenant's policy allows 45 days at most\./)).toBeVisible();

  await dialog.getByRole("combobox", { name: "Expiration" }).click();
  await expect(page.getByRole("option", { name: "45 days (default)" })).toHaveAttribute("aria-selected", "true");
  for (const name of [/^90 days/, /^1 year/, /^Never/])
    await expect(page.getByRole("option", { name })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("option", { name: /Never/ })).toContainText("The tenant's policy requires an expiry");
  await page.getByRole("option", { name: "Custom date" }).click();
  const lastDay = inDays(45).toISOString().slice(0, 10);
  await dialog.getByLabel("Last day").fill(lastDay);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByRole("dialog", { name: "Store your secret" })).toBeVisible();
  const token = await db.token.findFirstOrThrow({ where: { tenantId: place.tenantId } });
  expect(token.expiresAt?.toISOString().slice(0, 10)).toBe(lastDay);
  expect(token.allowedCidrs).toEqual(["10.0.0.0/8"]);
});

test("tokens that expire soon are told of, and found with one click", async ({ page, signIn, openTokens }) => {
  const { place } = await signIn({ role: "admin" });
  await createTokenRow(place, { name: "Late", expiresAt: inDays(60) });
  await openTokens(place);
  await expect(page.getByText(/within 14 days/)).toBeHidden();
  await createTokenRow(place, { name: "Soon", expiresAt: inDays(3) });
  await createTokenRow(place, { name: "Sooner", expiresAt: inDays(1) });
  await page.reload();
  await expect(page.getByText("2 tokens expire within 14 days.")).toBeVisible();
  await page.getByRole("link", { name: "Show them" }).click();
  await expect(page.getByRole("row", { name: /Late/ })).toBeHidden();
  await hydrated(page);
  await expect(page.getByRole("row", { name: /Soon/ })).toHaveCount(2);
  await expect(page.getByText(/expire within 14 days/)).toBeHidden();
});
