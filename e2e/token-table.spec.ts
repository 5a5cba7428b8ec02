import { createMember, createTokenRow, type Place } from "@/lib/test/fixtures";
import { expect, expectAccessible, test } from "./support/story";

const day = 24 * 60 * 60 * 1000;

async function thirtyTokens(place: Place): Promise<void> {
  const { id: creatorId } = await createMember(place, "owner");
  for (let index = 1; index <= 30; index++)
    await createTokenRow(place, {
      creatorId,
      name: `token ${String(index).padStart(2, "0")}`,
      scopes: ["pipeline:read"],
      expiresAt: new Date(Date.now() + index * day),
    });
}

test("sort, search, filter and page live in the address, and the back button leads back", async ({
  page,
  signIn,
  openTokens,
}) => {
  const { place } = await signIn({ role: "viewer" });
  await thirtyTokens(place);
  await createTokenRow(place, { name: "dead", revokedAt: new Date() });
  await openTokens(place);
  const names = page.getByRole("row").getByText(/^token \d\d$/);
  await expect(names).toHaveCount(25);

  await page.getByRole("button", { name: "Name" }).click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");
  await expect(names.first()).toHaveText("token 01");

  await page.getByRole("button", { name: "Next" }).click();
  await expect(names.first()).toHaveText("token 26");
  await expect(names).toHaveCount(5);
  const secondPage = page.url();
  await page.getByRole("button", { name: "Previous" }).click();
  await expect(names.first()).toHaveText("token 01");
  await page.goto(secondPage);
  await expect(names.first()).toHaveText("token 26");

  await page.getByLabel("Search tokens").fill("token 07");
  await expect(names).toHaveCount(1);
  await expect(page).toHaveURL(/q=token/);
  await expect(page).not.toHaveURL(/cursor=/);
  await page.getByLabel("Search tokens").fill("nothing like it");
  await expect(page.getByText(/match/i).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: /Clear/ }).first().click();
  await expect(names).toHaveCount(25);

  await page.getByLabel("Status").click();
  await page.getByRole("option", { name: "Revoked" }).click();
  await expect(page.getByRole("row", { name: /dead/ })).toBeVisible();
  await expect(page).toHaveURL(/status=revoked/);
  await page.goBack();
  await expect(names).toHaveCount(25);
});

test("filters are chips that live in the address, to be shared and taken away", async ({
  page,
  signIn,
  openTokens,
}) => {
  const { place } = await signIn({ role: "viewer" });
  const { id: creatorId } = await createMember(place, "owner", { name: "Olle Ostrom" });
  const scopes = ["metrics:write"] as const;
  await createTokenRow(place, { name: "never expires", creatorId, scopes });
  await createTokenRow(place, { name: "ends soon", creatorId, scopes, expiresAt: new Date(Date.now() + 5 * day) });
  await createTokenRow(place, { name: "of another", scopes: ["pipeline:read"] });
  await openTokens(place);
  const rows = page.getByRole("row").filter({ has: page.getByRole("cell") });
  const add = async (filter: string, value: string) => {
    await page.getByRole("button", { name: "Add filter" }).click();
    await page.getByRole("menuitem", { name: filter, exact: true }).click();
    await expect(page.getByRole("menuitemradio", { name: value, exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("menuitemradio", { name: value, exact: true }).click();
  };

  await add("Creator", "Olle Ostrom");
  await expect(rows).toHaveCount(2);
  await add("Scope", "metrics:write");
  await add("Expires", "Never");
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/createdBy=.*scope=|scope=.*createdBy=/);
  await page.reload();
  await expect(rows).toHaveCount(1);
  const filters = page.getByRole("group", { name: "Filters in force" });
  await expect(filters.getByRole("button", { name: "Remove the filter Creator: Olle Ostrom" })).toBeVisible();
  await filters.getByRole("button", { name: "Remove the filter Expires: never" }).click();
  await expect(rows).toHaveCount(2);
  await page.goBack();
  await expect(rows).toHaveCount(1);
  await filters.getByRole("button", { name: "Clear filters" }).click();
  await expect(rows).toHaveCount(3);
  await expect(page).not.toHaveURL(/scope=|createdBy=|neverExpires=/);
});

test("hidden columns and density are remembered in this browser, not in the address", async ({
  page,
  signIn,
  openTokens,
}) => {
  const { place } = await signIn({ role: "viewer" });
  await createTokenRow(place, { name: "only one" });
  await openTokens(place);
  const address = page.url();
  const rowHeight = async () => (await page.getByRole("row", { name: /only one/ }).boundingBox())?.height ?? 0;
  const comfortable = await rowHeight();
  await page.getByRole("button", { name: "View options" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Creator" }).click();
  await expect(page.getByRole("columnheader", { name: "Creator" })).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("menuitemradio", { name: "Compact" }).click();
  await expect.poll(rowHeight).toBeLessThan(comfortable);
  expect(page.url()).toBe(address);
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "Creator" })).toHaveCount(0);
  await expect.poll(rowHeight).toBeLessThan(comfortable);
});

test("a row leads to its details, and its menu to everything that can be done with it", async ({
  page,
  signIn,
  openTokens,
}) => {
  const { place } = await signIn({ role: "admin" });
  await createTokenRow(place, { name: "Deploy job", scopes: ["pipeline:read"] });
  await createTokenRow(place, { name: "Old job", expiresAt: new Date(Date.now() - day) });
  await openTokens(place);
  await page.getByLabel("Status").click();
  await page.getByRole("option", { name: "All" }).click();

  const act = async (name: string, action: string) => {
    await page.getByRole("button", { name: `Actions for ${name}` }).click();
    await page.getByRole("menuitem", { name: action }).click();
  };
  await act("Deploy job", "Edit…");
  const edit = page.getByRole("dialog", { name: "Edit “Deploy job”" });
  await edit.getByLabel("Name").fill("Deploy job, Oslo");
  await edit.getByRole("button", { name: /Save/ }).click();
  await expect(page.getByRole("row", { name: /Deploy job, Oslo/ })).toBeVisible();

  await act("Old job", "Create replacement…");
  const replacement = page.getByRole("dialog", { name: "Create a replacement for “Old job”" });
  await expect(replacement.getByLabel("Name")).toHaveValue("Old job");
  await replacement.getByRole("button", { name: "Cancel" }).click();

  await act("Old job", "Delete from list…");
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete from list" }).click();
  await expect(page.getByRole("row", { name: /Old job/ })).toBeHidden();

  await page.getByRole("link", { name: "Deploy job, Oslo" }).click();
  await expect(page).toHaveURL(/\/tenant\/tokens\//);
  await expect(page.getByRole("heading", { name: "Deploy job, Oslo" }).first()).toBeVisible();
});

test("a nonsense cursor in the address shows the first page", async ({ page, signIn, openTokens }) => {
  const { place } = await signIn({ role: "viewer" });
  await createTokenRow(place, { name: "only one" });
  await openTokens(place);
  await page.goto(`${page.url()}&cursor=nonsense&sort=hash&status=dead`);
  await expect(page.getByRole("row", { name: /only one/ })).toBeVisible();
});

test("every open overlay is accessible in both themes", async ({ page, signIn, openTokens }) => {
  const { place } = await signIn({ role: "admin" });
  await createTokenRow(place, { name: "Deploy job", scopes: ["pipeline:read", "metrics:write"] });
  await openTokens(place);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Create token" }).click();
  const create = page.getByRole("dialog", { name: "Create API token" });
  await create.getByRole("radio", { name: /Custom/ }).click();
  await create.getByRole("button", { name: "Create token" }).click();
  await expect(create.getByText("Give the token a name")).toBeVisible();
  await expect(create.getByText("Choose at least one scope")).toBeVisible();
  await expectAccessible(page);
  await create.getByLabel("Name").fill("New one");
  await create.getByRole("group", { name: "Metrics" }).getByRole("radio", { name: "Write" }).click();
  await create.getByRole("button", { name: "Create token" }).click();

  const drawer = page.getByRole("dialog", { name: "Store your secret" });
  await expect(drawer).toBeVisible();
  await expectAccessible(page);
  await drawer.getByRole("checkbox", { name: "I have stored this secret" }).check();
  await drawer.getByRole("button", { name: "Done" }).click();

  await page.getByRole("button", { name: "Actions for Deploy job" }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("menuitem", { name: /Revoke/ }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page);
});

test("a viewer of a tenant without tokens is not asked to create one", async ({ page, signIn, openTokens }) => {
  const { place } = await signIn({ role: "viewer" });
  await openTokens(place);
  await expect(page.getByText("No API tokens yet")).toBeVisible();
  for (const button of await page.getByRole("button", { name: "Create token" }).all())
    await expect(button).toBeDisabled();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("everything is in reach without scrolling sideways", async ({ page, signIn, openTokens }) => {
    const { place } = await signIn({ role: "admin" });
    await createTokenRow(place, { name: "Deploy job with a rather long name for a phone", scopes: ["pipeline:read"] });
    await openTokens(place);
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Create token" }).click();
    await expect(page.getByRole("dialog", { name: "Create API token" })).toBeVisible();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  });
});
