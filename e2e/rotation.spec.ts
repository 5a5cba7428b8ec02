import { createTokenRow } from "@/lib/test/fixtures";
import { expect, expectAccessible, secretIn, test } from "./support/story";

test("an admin rotates a token without downtime: both secrets work through the overlap", async ({
  page,
  signIn,
  openTokens,
  api,
}) => {
  const { place } = await signIn({ role: "admin" });
  const old = await createTokenRow(place, { name: "Deploy job", scopes: ["pipeline:read"] });
  await openTokens(place);
  await page.getByRole("button", { name: "Actions for Deploy job" }).click();
  await page.getByRole("menuitem", { name: "Rotate…" }).click();
  const dialog = page.getByRole("dialog", { name: /Rotate .*Deploy job/ });
  await expectAccessible(page);
  await dialog.getByRole("radio", { name: /1 hour/ }).click();
  await dialog.getByRole("button", { name: "Rotate token" }).click();

  const drawer = page.getByRole("dialog", { name: "Store your secret" });
  const secret = await secretIn(drawer);
  expect((await api("GET", "/v1/pipelines", { token: old.secret })).status).toBe(200);
  expect((await api("GET", "/v1/pipelines", { token: secret })).status).toBe(200);
  await drawer.getByRole("checkbox", { name: "I have stored this secret" }).check();
  await drawer.getByRole("button", { name: "Done" }).click();

  const rows = page.getByRole("row", { name: /Deploy job/ });
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: "has a successor" })).toContainText("Superseded");
  await expect(rows.filter({ hasText: "rotated" })).toContainText("Active");

  await rows.filter({ hasText: "has a successor" }).getByRole("button", { name: "Actions for Deploy job" }).click();
  await page.getByRole("menuitem", { name: "Finish rotation…" }).click();
  await expect(page.getByRole("region", { name: "Rotation under way" })).toBeInViewport();
});

test("rotated at once, the old secret is refused by the next call", async ({ page, signIn, openTokens, api }) => {
  const { place } = await signIn({ role: "admin" });
  const old = await createTokenRow(place, { name: "Leaked", scopes: ["pipeline:read"] });
  await openTokens(place);
  await page.getByRole("button", { name: "Actions for Leaked" }).click();
  await page.getByRole("menuitem", { name: "Rotate…" }).click();
  const dialog = page.getByRole("dialog", { name: /Rotate .*Leaked/ });
  await dialog.getByRole("radio", { name: /Not at all/ }).click();
  await dialog.getByRole("button", { name: "Rotate token" }).click();
  const secret = await secretIn(page.getByRole("dialog", { name: "Store your secret" }));
  expect((await api("GET", "/v1/pipelines", { token: old.secret })).status).toBe(401);
  expect((await api("GET", "/v1/pipelines", { token: secret })).status).toBe(200);
});
