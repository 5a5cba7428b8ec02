import { db } from "@/lib/db/client";
import { createMember, createTokenRow, type Place } from "@/lib/test/fixtures";
import { expect, expectAccessible, test } from "./support/story";

const day = 24 * 60 * 60 * 1000;

/** Thirty tokens: the first three in use, the others idle for long. */
async function thirtyTokens(place: Place): Promise<void> {
  const { id: creatorId } = await createMember(place, "owner", { name: "Olle Ostrom" });
  for (let index = 1; index <= 30; index++)
    await createTokenRow(place, {
      creatorId,
      name: `token ${String(index).padStart(2, "0")}`,
      scopes: ["pipeline:read"],
      lastUsedAt: new Date(Date.now() - (index <= 3 ? index * 3600_000 : (100 + index) * day)),
    });
  await db.token.updateMany({ where: place, data: { createdAt: new Date(Date.now() - 300 * day) } });
}

const revokedIn = (place: Place) => db.token.count({ where: { ...place, revokedAt: { not: null } } });

test("an admin revokes everything that matches a filter, across pages, after seeing what it hits", async ({
  page,
  signIn,
  openTokens,
}) => {
  const { place } = await signIn({ role: "admin" });
  await thirtyTokens(place);
  const kept = await createTokenRow(place, { name: "newcomer", scopes: ["metrics:write"] });
  await openTokens(place);
  const names = page.getByRole("row").getByText(/^token \d\d$/);

  await test.step("filters by what was not used for 90 days; the address says so", async () => {
    await page.getByRole("button", { name: "Add filter" }).click();
    await page.getByRole("menuitem", { name: "Last used" }).click();
    await page.getByRole("menuitemradio", { name: "Unused for 90 days" }).click();
    await expect(page).toHaveURL(/unusedDays=90/);
    await expect(names).toHaveCount(25);
    await expect(page.getByRole("button", { name: "Next" })).toBeEnabled();
  });

  const bar = page.getByRole("region", { name: "Selected tokens" });
  await test.step("selects the page, then all that match, and leaves one out", async () => {
    await page.getByRole("checkbox", { name: "Select all on this page" }).check();
    await expect(bar).toContainText("25 tokens selected");
    await bar.getByRole("button", { name: "Select all 27 that match" }).click();
    await expect(bar).toContainText("27 tokens selected, on all pages");
    await page.getByRole("button", { name: "Next" }).click();
    await expect(names).toHaveCount(2);
    await page.getByRole("row").getByRole("checkbox").last().uncheck();
    await expect(bar).toContainText("26 tokens selected, on all pages");
    await expectAccessible(page);
  });

  const dialog = page.getByRole("alertdialog");
  await test.step("sees what would be hit; nothing is revoked yet", async () => {
    await bar.getByRole("button", { name: "Revoke…" }).click();
    await expect(dialog.getByText("26 tokens would be revoked")).toBeVisible();
    await expect(dialog.getByText("This cannot be undone")).toBeVisible();
    await expect(dialog.getByRole("region", { name: "Tokens that would be revoked" })).toContainText("Used");
    await expectAccessible(page);
    expect(await revokedIn(place)).toBe(0);
  });

  await test.step("is held to a reason and the count", async () => {
    await dialog.getByRole("button", { name: "Revoke 26 tokens" }).click();
    await expect(dialog.getByText("Choose a reason")).toBeVisible();
    await dialog.getByRole("radio", { name: /Unused/ }).click();
    await dialog.getByLabel("Type 26 to confirm").fill("62");
    await dialog.getByRole("button", { name: "Revoke 26 tokens" }).click();
    await expect(dialog.getByLabel("Type 26 to confirm")).toBeFocused();
    expect(await revokedIn(place)).toBe(0);
    await dialog.getByLabel("Type 26 to confirm").fill("26");
    await dialog.getByRole("button", { name: "Revoke 26 tokens" }).click();
  });

  await test.step("sees what became of each, and takes it along", async () => {
    await expect(dialog.getByText("Revoked 26 tokens")).toBeVisible();
    await expectAccessible(page);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("button", { name: "Download" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^revoked-tokens-.*\.csv$/);
    expect(await revokedIn(place)).toBe(26);
    expect(await db.token.findUniqueOrThrow({ where: { id: kept.id } })).toMatchObject({ revokedAt: null });
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(bar).toBeHidden();
    await expect(dialog).toBeHidden();
  });
});

test("rows are selected one by one, by a range and by keyboard, and stay selected from page to page", async ({
  page,
  signIn,
  openTokens,
}) => {
  const { place } = await signIn({ role: "admin" });
  await thirtyTokens(place);
  await openTokens(place);
  const bar = page.getByRole("region", { name: "Selected tokens" });
  const boxes = page.getByRole("row").getByRole("checkbox", { name: /^Select token/ });

  await boxes.nth(1).click();
  await boxes.nth(4).click({ modifiers: ["Shift"] });
  await expect(bar).toContainText("4 tokens selected");
  await page.getByRole("button", { name: "Next" }).click();
  await expect(boxes).toHaveCount(5);
  await boxes.first().focus();
  await page.keyboard.press("Space");
  await expect(bar).toContainText("5 tokens selected");
  await page.getByRole("button", { name: "Previous" }).click();
  await expect(boxes).toHaveCount(25);
  await expect(boxes.nth(2)).toBeChecked();

  await test.step("another filter lets them go; the way back brings them again", async () => {
    await page.getByLabel("Search tokens").fill("token 2");
    await expect(boxes).toHaveCount(10);
    await expect(bar).toBeHidden();
    await page.getByLabel("Search tokens").fill("");
    await expect(boxes).toHaveCount(25);
    await expect(bar).toContainText("5 tokens selected");
  });

  await test.step("what is in use is marked; one token needs no typing", async () => {
    await bar.getByRole("button", { name: "Clear" }).click();
    await expect(bar).toBeHidden();
    await page.getByLabel("Search tokens").fill("token 01");
    await expect(boxes).toHaveCount(1);
    await boxes.first().check();
    await bar.getByRole("button", { name: "Revoke…" }).click();
    const dialog = page.getByRole("alertdialog");
    await expect(dialog.getByText("1 token used in the last 24 hours")).toBeVisible();
    await dialog.getByRole("radio", { name: /Compromised/ }).click();
    await dialog.getByRole("button", { name: "Revoke 1 token" }).click();
    await expect(dialog.getByText("Revoked 1 token")).toBeVisible();
    await dialog.getByRole("button", { name: "Done" }).click();
  });
});

test("a viewer has nothing to select", async ({ page, signIn, openTokens }) => {
  const { place } = await signIn({ role: "viewer" });
  await createTokenRow(place, { name: "Deploy job" });
  await openTokens(place);
  await expect(page.getByRole("row", { name: /Deploy job/ })).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(0);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("selecting and revoking are in reach", async ({ page, signIn, openTokens }) => {
    const { place } = await signIn({ role: "admin" });
    await thirtyTokens(place);
    await openTokens(place);
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await page.getByRole("checkbox", { name: "Select all on this page" }).first().check();
    await expect(page.getByRole("region", { name: "Selected tokens" })).toContainText("25 tokens selected");
    expect(await overflow()).toBeLessThanOrEqual(0);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Revoke…" }).click();
    await expect(page.getByText("25 tokens would be revoked")).toBeVisible();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  });
});
