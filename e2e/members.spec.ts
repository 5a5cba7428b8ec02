import { db } from "@/lib/db/client";
import { createMember, createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import { expect, expectAccessible, signInWithForm, test, tokensUrl, url } from "./support/story";

function membersUrl(place: Place, tab = "members"): string {
  return url(`/identity/settings/organization?${new URLSearchParams({ orgId: place.organizationId, tab })}`);
}

test("an admin adds a person, who signs in with the password that was shown once", async ({
  page,
  signIn,
  browser,
}) => {
  const { place } = await signIn({ role: "admin", name: "Ada Admin" });
  await page.goto(membersUrl(place));
  await page.getByRole("button", { name: "Add member" }).click();
  const dialog = page.getByRole("dialog", { name: "Add member" });
  await dialog.getByRole("button", { name: "Add member" }).click();
  for (const message of ["Use an e-mail address", "Give a name", "Choose a role"])
    await expect(dialog.getByText(message)).toBeVisible();
  await expect(dialog.getByLabel("E-mail")).toBeFocused();
  await expectAccessible(page);

  const owner = dialog.getByRole("radio", { name: "Owner" });
  await expect(owner).toBeDisabled();
  await expect(owner).toHaveAccessibleDescription(/you don't hold organization:write/);
  const email = `nell-${Date.now()}@example.com`;
  await dialog.getByLabel("E-mail").fill(email.toUpperCase());
  await dialog.getByLabel("Name").fill("Nell Newcomer");
  await dialog.getByRole("radio", { name: "Editor" }).click();
  await dialog.getByLabel("Where").click();
  await page.getByRole("option", { name: "Only east" }).click();
  await dialog.getByRole("button", { name: "Add member" }).click();

  const drawer = page.getByRole("dialog", { name: "Pass on the password" });
  const password = (await drawer.getByText(/^(\w{6}-){3}\w{6}$/).textContent()) ?? "";
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(drawer.getByText("Leave without storing it?")).toBeVisible();
  await drawer.getByRole("button", { name: "Keep it open" }).click();
  await drawer.getByRole("checkbox", { name: "I have stored this password" }).check();
  await drawer.getByRole("button", { name: "Done" }).click();
  await expect(drawer).toBeHidden();
  await expect(page.getByRole("row", { name: /Nell Newcomer/ })).toContainText("Editor · east");
  await page.reload();
  expect(await page.content()).not.toContain(password);

  const theirs = await browser.newPage();
  await theirs.goto(url("/sign-in"));
  await signInWithForm(theirs, { email, password });
  await expect(theirs.getByRole("heading", { name: "API tokens", exact: true })).toBeVisible();
  await theirs.getByRole("button", { name: /^Account:/ }).click();
  await expect(theirs.getByRole("menuitem", { name: "Profile" })).toBeVisible();
  await expect(theirs.getByRole("menuitem", { name: "Organization settings" })).toHaveCount(0);
  await theirs.close();
});

test("a changed role counts from the very next click", async ({ page, signIn, browser, person }) => {
  const place = await createPlace();
  await createTenant(place, "west");
  const editor = await person({ role: "editor", place, name: "Edith Moreau" });
  const theirs = await browser.newPage();
  await theirs.goto(tokensUrl(place));
  await signInWithForm(theirs, { email: editor.user.email, password: editor.password });
  await expect(theirs.getByRole("button", { name: "Create token" }).first()).toBeDisabled();

  await signIn({ role: "owner", place });
  await page.goto(membersUrl(place));
  await page.getByRole("button", { name: "Actions for Edith Moreau" }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("menuitem", { name: "Change role…" }).click();
  const dialog = page.getByRole("dialog", { name: "Change the role of Edith Moreau" });
  await expect(dialog.getByRole("radio", { name: "Editor" })).toBeChecked();
  await expect(dialog.getByRole("radio", { name: "No role" })).toHaveAccessibleDescription(/only role/);
  await expect(dialog.getByRole("button", { name: "Change role" })).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByRole("radio", { name: "Admin" }).click();
  await dialog.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByText("Changed the role of Edith Moreau")).toBeVisible();
  await expect(page.getByRole("row", { name: /Edith Moreau/ })).toContainText("Admin · Whole organization");
  await theirs.reload();
  await expect(theirs.getByRole("button", { name: "Create token" }).first()).toBeEnabled();
  await theirs.close();
});

test("a disabled person is out at once with their personal tokens, and comes back without them", async ({
  page,
  signIn,
  person,
  api,
}) => {
  const { place } = await signIn({ role: "admin" });
  const { user } = await person({ role: "viewer", place, name: "Viktor Haas" });
  const token = await createTokenRow(place, { kind: "personal", creatorId: user.id });
  await page.goto(membersUrl(place));
  const row = page.getByRole("row", { name: /Viktor Haas/ });
  const choose = async (item: string, confirm: string) => {
    await page.getByRole("button", { name: "Actions for Viktor Haas" }).click();
    await page.getByRole("menuitem", { name: item }).click();
    const dialog = page.getByRole("alertdialog");
    await expect(dialog).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: confirm }).click();
    await expect(dialog).toBeHidden();
  };
  await choose("Disable account…", "Disable account");
  await expect(row).toContainText("Disabled");
  expect((await api("GET", "/identity/tokens/self", { token: token.secret })).status).toBe(401);
  await choose("Enable account…", "Enable account");
  await expect(row).toContainText("Active");
  expect((await api("GET", "/identity/tokens/self", { token: token.secret })).status).toBe(401);
  await choose("Reset password…", "Reset password");
  const drawer = page.getByRole("dialog", { name: "Pass on the password" });
  await drawer.getByRole("checkbox", { name: "I have stored this password" }).check();
  await drawer.getByRole("button", { name: "Done" }).click();
  await choose("Remove…", "Remove member");
  await expect(row).toHaveCount(0);
  expect(await db.membership.count({ where: { userId: user.id } })).toBe(0);
});

test("what cannot be done says why: oneself, the last owner, and those above", async ({ page, signIn }) => {
  const { place } = await signIn({ role: "admin", name: "Ada Admin" });
  await createMember(place, "owner", { name: "Grace Okafor" });
  await page.goto(membersUrl(place));
  await page.getByRole("button", { name: "Actions for Grace Okafor" }).click();
  await expect(page.getByRole("menuitem", { name: /Change role/ })).toContainText("may do more than yours");
  await expect(page.getByRole("menuitem", { name: /Remove/ })).toBeDisabled();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Actions for Ada Admin" }).click();
  await expect(page.getByRole("menuitem", { name: /Disable/ })).toContainText("You cannot disable yourself");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "General" }).click();
  await expect(page.getByLabel("Name")).toHaveAttribute("readonly");
  await expect(page.getByRole("button", { name: "Rename" })).toBeDisabled();
  await expect(page.getByText(/doesn't include organization:write/).first()).toBeVisible();
  await expectAccessible(page);
});

test("the only owner is told to make another before stepping down", async ({ page, signIn }) => {
  const { place } = await signIn({ role: "owner", name: "Grace Okafor" });
  await page.goto(membersUrl(place));
  await page.getByRole("button", { name: "Actions for Grace Okafor" }).click();
  await page.getByRole("menuitem", { name: "Change role…" }).click();
  const dialog = page.getByRole("dialog", { name: /Change the role/ });
  for (const role of ["Admin", "Editor", "Viewer", "No role"])
    await expect(dialog.getByRole("radio", { name: role })).toHaveAccessibleDescription(/last active owner/);
});

test("an owner renames the organization, and the header says so", async ({ page, signIn }) => {
  const { place } = await signIn({ role: "owner" });
  await page.goto(membersUrl(place, "general"));
  await page.getByLabel("Name").fill("Globex Corporation");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByText("Renamed the organization")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toContainText("Globex Corporation");
  await expectAccessible(page);
});

test("members are searched and paged in the address", async ({ page, signIn }) => {
  const { place } = await signIn({ role: "admin", name: "Ada Admin" });
  for (let index = 1; index <= 26; index++)
    await createMember(place, "viewer", { name: `member ${String(index).padStart(2, "0")}` });
  await page.goto(membersUrl(place));
  const names = page.getByRole("row").getByText(/^member \d\d$/);
  await expect(names).toHaveCount(24);
  await page.getByRole("button", { name: "Next" }).click();
  await expect(names).toHaveText(["member 25", "member 26"]);
  await page.getByLabel("Search members").fill("member 07");
  await expect(names).toHaveCount(1);
  await expect(page).toHaveURL(/q=member/);
  await page.getByLabel("Search members").fill("nobody like it");
  await expect(page.getByText("No members match")).toBeVisible();
  await expectAccessible(page);
});

test("who may not see members is told which role it takes; strangers learn nothing", async ({ page, signIn }) => {
  const place = await createPlace();
  await signIn({ role: "viewer", place });
  await page.goto(membersUrl(place));
  await expect(page.getByRole("heading", { name: "You can't see the members" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Organization settings" })).toHaveCount(0);
  await expectAccessible(page);
  const elsewhere = await createPlace();
  await page.goto(membersUrl(elsewhere));
  await expect(page.getByRole("heading", { name: "Organization not found" })).toBeVisible();
  await expectAccessible(page);
});

test("the settings are one click away from each other", async ({ page, signIn, openTokens }) => {
  const { place } = await signIn({ role: "owner" });
  await openTokens(place);
  await page.getByRole("link", { name: "Organization settings" }).click();
  await expect(page.getByRole("heading", { name: "Members" })).toBeVisible();
  await page.getByRole("link", { name: "Tenant settings" }).click();
  await expect(page.getByRole("heading", { name: "API tokens", exact: true })).toBeVisible();
  await page.getByRole("button", { name: /^Account:/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Profile" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("members and every dialog fit without scrolling sideways", async ({ page, signIn }) => {
    const { place } = await signIn({ role: "owner" });
    await createMember(place, "viewer", { name: "Somebody with a rather long name for a phone of this width" });
    await page.goto(membersUrl(place));
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect(page.getByRole("button", { name: /Actions for Somebody/ })).toBeVisible();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Add member" }).click();
    await expect(page.getByRole("dialog", { name: "Add member" })).toBeVisible();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Account:/ }).click();
    await expect(page.getByRole("menuitem", { name: "Tenant settings" })).toBeVisible();
    await expectAccessible(page);
  });
});
