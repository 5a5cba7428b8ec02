import type { Browser, Page } from "@playwright/test";
import { db } from "@/lib/db/client";
import { expect, expectAccessible, type Person, signInWithForm, test, url } from "./support/story";

const sessionsTab = () => url("/identity/profile?tab=sessions");
const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1";
const firefox = "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

/** The same person in another browser. */
async function signInElsewhere(browser: Browser, { user, password }: Person, userAgent: string): Promise<Page> {
  const page = await (await browser.newContext({ userAgent })).newPage();
  await page.goto(sessionsTab());
  await signInWithForm(page, { email: user.email, password });
  await expect(page.getByText("This device")).toBeVisible();
  return page;
}

/** As if every session of the person had begun so long ago. */
async function passwordWasGivenAnHourAgo({ user }: Person): Promise<void> {
  const anHourAgo = new Date(Date.now() - 60 * 60 * 1000);
  await db.session.updateMany({ where: { userId: user.id }, data: { authenticatedAt: anHourAgo } });
}

test("a person sees where they are signed in, ends one session, then every other one", async ({
  page,
  browser,
  signIn,
}) => {
  const who = await signIn({ role: "viewer" });
  await page.goto(sessionsTab());
  const row = (name: string | RegExp) => page.getByRole("row", { name });
  await expect(row(/This device/)).toContainText("127.0.0.1");
  await expect(page.getByRole("button", { name: "Sign out everywhere else" })).toHaveAttribute("aria-disabled", "true");
  const phone = await signInElsewhere(browser, who, iphone);
  const laptop = await signInElsewhere(browser, who, firefox);
  await page.reload();
  await expect(row(/Safari 26 on iPhone/)).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Sign out Safari 26 on iPhone" }).click();
  const confirm = page.getByRole("alertdialog", { name: "Sign out Safari 26 on iPhone?" });
  await expectAccessible(page);
  await confirm.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("Signed out Safari 26 on iPhone")).toBeVisible();
  await expect(row(/Safari 26 on iPhone/)).toHaveCount(0);
  await phone.reload();
  await expect(phone).toHaveURL(/\/sign-in/);
  await laptop.reload();
  await expect(laptop.getByText("This device")).toBeVisible();

  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  const everywhere = page.getByRole("alertdialog", { name: "Sign out everywhere else?" });
  await expectAccessible(page);
  await everywhere.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(page.getByText("Signed out 1 other session")).toBeVisible();
  await laptop.reload();
  await expect(laptop).toHaveURL(/\/sign-in/);
  await page.reload();
  await expect(row(/This device/)).toBeVisible();
  for (const other of [phone, laptop]) await other.context().close();
});

test("Full access asks for the password anew, in the middle of the form, and makes one token", async ({
  page,
  signIn,
  openTokens,
}) => {
  const who = await signIn({ role: "owner" });
  await passwordWasGivenAnHourAgo(who);
  await openTokens(who.place);
  await page.getByRole("button", { name: "Create token" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create API token" });
  await dialog.getByLabel("Name").fill("Break glass");
  await dialog.getByRole("radio", { name: /^Full access/ }).check();
  await dialog.getByRole("button", { name: "Create token" }).click();
  const prompt = page.getByRole("dialog", { name: "Confirm your password" });
  await expect(prompt.getByLabel("Password", { exact: true })).toBeFocused();
  await expectAccessible(page);

  await page.keyboard.press("Escape");
  await expect(prompt).toBeHidden();
  await expect(dialog.getByText(/Confirm your password to do this/)).toBeVisible();
  expect(await db.token.count({ where: { tenantId: who.place.tenantId } })).toBe(0);

  await dialog.getByRole("button", { name: "Create token" }).click();
  await prompt.getByRole("button", { name: "Confirm" }).click();
  await expect(prompt.getByText("Enter your password")).toBeVisible();
  await prompt.getByLabel("Password", { exact: true }).fill("not my password");
  await page.keyboard.press("Enter");
  await expect(prompt.getByText("This is not your current password")).toBeVisible();
  await expectAccessible(page);
  await prompt.getByLabel("Password", { exact: true }).fill(who.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Store your secret" })).toBeVisible();
  expect(await db.token.count({ where: { tenantId: who.place.tenantId } })).toBe(1);
});

test("a member is made an admin by those only who have just given their password", async ({ page, signIn, person }) => {
  const who = await signIn({ role: "owner" });
  await person({ role: "viewer", place: who.place, name: "Viktor Haas" });
  await passwordWasGivenAnHourAgo(who);
  await page.goto(url(`/identity/settings/organization?orgId=${who.place.organizationId}&tab=members`));
  await page.getByRole("button", { name: "Actions for Viktor Haas" }).click();
  await page.getByRole("menuitem", { name: "Change role" }).click();
  const dialog = page.getByRole("dialog", { name: "Change the role of Viktor Haas" });
  await dialog.getByRole("radio", { name: /^Admin/ }).check();
  await dialog.getByRole("button", { name: "Change role" }).click();
  const prompt = page.getByRole("dialog", { name: "Confirm your password" });
  await prompt.getByLabel("Password", { exact: true }).fill(who.password);
  await prompt.getByRole("button", { name: "Confirm" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("row", { name: /Viktor Haas/ })).toContainText("Admin");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("sessions fit without scrolling sideways", async ({ page, browser, signIn }) => {
    const who = await signIn({ role: "viewer" });
    const laptop = await signInElsewhere(browser, who, firefox);
    await page.goto(sessionsTab());
    await expect(page.getByRole("row", { name: /Firefox 145 on Linux/ })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await expectAccessible(page);
    await laptop.context().close();
  });
});
