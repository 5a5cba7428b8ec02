import { db } from "@/lib/db/client";
import { expect, expectAccessible, signInWithForm, test, url } from "./support/story";

const tokensTab = () => url("/identity/profile?tab=personal-tokens");
const accountTab = () => url("/identity/profile?tab=account");

test("a person issues a token for a script, the script acts as them, and once revoked it is refused", async ({
  page,
  signIn,
  api,
}) => {
  const { place, user } = await signIn({ role: "editor", name: "Edith Moreau" });
  await page.goto(tokensTab());
  await expect(page.getByText("No personal tokens yet")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create token" }).click();
  const dialog = page.getByRole("dialog", { name: "Create personal token" });
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(dialog.getByText("Give the token a name")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Name").fill("Backup script");
  await dialog.getByLabel("Expires").click();
  await page.getByRole("option", { name: "Custom date" }).click();
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(dialog.getByText("Choose a date")).toBeVisible();
  await dialog.getByLabel("Date").fill("2099-01-01");
  await expect(dialog.getByText("Choose a time within one year")).toBeVisible();
  await dialog.getByLabel("Expires").click();
  await page.getByRole("option", { name: "30 days" }).click();
  await dialog.getByRole("button", { name: "Create token" }).click();

  const drawer = page.getByRole("dialog", { name: "Store your secret" });
  const secret = (await drawer.getByText(/^pxp_[0-9A-Za-z]{38}$/).textContent()) ?? "";
  await expectAccessible(page);
  await drawer.getByRole("checkbox", { name: "I have stored this secret" }).check();
  await drawer.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row", { name: /Backup script/ })).toContainText(`pxp_…${secret.slice(-4)}`);
  await page.reload();
  expect(await page.content()).not.toContain(secret);

  expect((await api("GET", "/identity/organizations", { token: secret })).body).toMatchObject({
    items: [{ id: place.organizationId }],
  });
  expect((await api("GET", "/identity/personal-tokens", { token: secret })).status).toBe(403);
  expect(await db.token.count({ where: { createdById: user.id, kind: "personal" } })).toBe(1);

  await page.getByRole("button", { name: "Revoke Backup script" }).click();
  const confirm = page.getByRole("alertdialog", { name: /Revoke “Backup script”/ });
  await expectAccessible(page);
  await confirm.getByRole("button", { name: "Revoke token" }).click();
  await expect(page.getByText("Revoked “Backup script”")).toBeVisible();
  expect((await api("GET", "/identity/organizations", { token: secret })).status).toBe(401);
  await page.getByRole("button", { name: "Show all tokens" }).click();
  await expect(page.getByRole("row", { name: /Backup script/ })).toContainText("Revoked");
  await expect(page).toHaveURL(/status=all/);
});

test("a changed password keeps this browser, and ends every other one and the personal tokens", async ({
  page,
  signIn,
  browser,
  api,
}) => {
  const { user, password } = await signIn({ role: "viewer" });
  const other = await browser.newPage();
  await other.goto(accountTab());
  await signInWithForm(other, { email: user.email, password });
  await expect(other.getByRole("heading", { name: "Change password" })).toBeVisible();
  const created = await page.request.post(url("/identity/personal-tokens"), { data: { name: "laptop" } });
  const { secret } = await created.json();
  expect((await api("GET", "/identity/tokens/self", { token: secret })).status).toBe(200);

  await page.goto(accountTab());
  await expectAccessible(page);
  const form = page.getByRole("form", { name: "Change password" });
  const change = async (current: string, next: string) => {
    await form.getByLabel("Current password", { exact: true }).fill(current);
    await form.getByLabel("New password", { exact: true }).fill(next);
    await form.getByRole("button", { name: "Change password" }).click();
  };
  await change(password, "too short");
  await expect(form.getByText("Use at least 15 characters")).toBeVisible();
  await change("not my password", "four unrelated words here");
  await expect(form.getByText("This is not your current password")).toBeVisible();
  await expect(form.getByLabel("Current password", { exact: true })).toBeFocused();
  await expectAccessible(page);
  await change(password, "four unrelated words here");
  await expect(page.getByText("Your password is changed")).toBeVisible();
  await expect(form.getByLabel("New password", { exact: true })).toHaveValue("");
  await expectAccessible(page);

  expect((await api("GET", "/identity/tokens/self", { token: secret })).status).toBe(401);
  await page.goto(`${tokensTab()}&status=all`);
  await expect(page.getByRole("row", { name: /laptop/ })).toContainText("The password was changed");
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in/);
  await signInWithForm(other, { email: user.email, password: "four unrelated words here" });
  await expect(other.getByRole("heading", { name: "Change password" })).toBeVisible();
  await other.close();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("tokens and account fit without scrolling sideways", async ({ page, signIn }) => {
    await signIn({ role: "viewer" });
    await page.request.post(url("/identity/personal-tokens"), {
      data: { name: "A script with a rather long name for a phone of this width" },
    });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    for (const address of [tokensTab(), accountTab()]) {
      await page.goto(address);
      await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
      expect(await overflow()).toBeLessThanOrEqual(0);
      await expectAccessible(page);
    }
  });
});
