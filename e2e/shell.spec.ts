import type { Locator, Page } from "@playwright/test";
import { db } from "@/lib/db/client";
import { createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import { expect, expectAccessible, hydrated, test, tokensUrl, url } from "./support/story";

function tenantUrl(place: Place, tab: string): string {
  return tokensUrl(place).replace("tab=api-tokens", `tab=${tab}`);
}

function organizationUrl(place: Place, tab: string): string {
  return url(`/identity/settings/organization?${new URLSearchParams({ orgId: place.organizationId, tab })}`);
}

function paletteOf(page: Page): Locator {
  return page.getByRole("dialog", { name: "Command palette" });
}

async function openPalette(page: Page): Promise<Locator> {
  await page.keyboard.press("Control+k");
  await expect(paletteOf(page).getByRole("combobox")).toBeFocused();
  return paletteOf(page);
}

/** Presses Tab until this has focus, as someone without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

test("without a mouse: signed in, a token created, its secret stored, the token revoked, signed out", async ({
  page,
  person,
}) => {
  const { user, password } = await person({ role: "admin" });
  await page.goto(url("/"));
  await tabTo(page, page.getByLabel("E-mail"));
  await page.keyboard.type(user.email);
  await tabTo(page, page.getByLabel("Password", { exact: true }));
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "API tokens", exact: true })).toBeVisible();
  await hydrated(page);

  await openPalette(page);
  await page.keyboard.type("create");
  await expect(paletteOf(page).getByRole("option", { name: "Create API token" })).toBeVisible();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Create API token" });
  await tabTo(page, dialog.getByLabel("Name"));
  await page.keyboard.type("keyboard-ci");
  await tabTo(page, dialog.getByRole("radio", { name: /Read only/ }));
  await page.keyboard.press("Space");
  await tabTo(page, dialog.getByRole("button", { name: "Create token" }));
  await page.keyboard.press("Enter");

  const drawer = page.getByRole("dialog", { name: "Store your secret" });
  await expect(drawer.getByText(/^pxt_[0-9A-Za-z]{38}$/)).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(paletteOf(page)).toHaveCount(0);
  await tabTo(page, drawer.getByRole("checkbox", { name: "I have stored this secret" }));
  await page.keyboard.press("Space");
  await tabTo(page, drawer.getByRole("button", { name: "Done" }));
  await page.keyboard.press("Enter");
  await expect(drawer).toBeHidden();

  await tabTo(page, page.getByRole("button", { name: "Actions for keyboard-ci" }));
  await page.keyboard.press("Enter");
  const revoke = page.getByRole("menuitem", { name: "Revoke…" });
  await expect(revoke).toBeVisible();
  for (let presses = 0; presses < 12 && !(await isFocused(revoke)); presses++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const confirm = page.getByRole("alertdialog", { name: /Revoke/ });
  await tabTo(page, confirm.getByRole("radio", { name: /Compromised/ }));
  await page.keyboard.press("Space");
  await tabTo(page, confirm.getByRole("button", { name: "Revoke token" }));
  await page.keyboard.press("Enter");
  await expect(confirm).toBeHidden();

  await openPalette(page);
  await page.keyboard.type("sign out");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  const token = await db.token.findFirstOrThrow({ where: { name: "keyboard-ci", createdById: user.id } });
  expect(token.revokedAt).not.toBeNull();
});

test("the palette finds tokens by name, hint and even a pasted secret, which stays in the browser", async ({
  page,
  signIn,
}) => {
  const { place, user } = await signIn({ role: "admin" });
  const west = await createTenant(place, "west");
  const wanted = await createTokenRow(place, { name: "nightly-export", creatorId: user.id });
  const elsewhere = await createTokenRow(west, { name: "nightly-west", creatorId: user.id });
  await page.goto(tokensUrl(place));
  const palette = await openPalette(page);
  await expectAccessible(page);

  const results = palette.getByRole("listbox").getByRole("option");
  await page.keyboard.type("nightly");
  await expect(results.filter({ hasText: wanted.hint })).toBeVisible();
  await expect(results.filter({ hasText: elsewhere.hint })).toHaveCount(0);
  await expect(palette.getByRole("status")).toHaveText("1 result");

  await palette.getByRole("combobox").fill(wanted.hint.slice(-4));
  await expect(results.filter({ hasText: "nightly-export" })).toBeVisible();

  const bodies: string[] = [];
  page.on("request", (request) => bodies.push(`${request.url()} ${request.postData() ?? ""}`));
  await palette.getByRole("combobox").fill(wanted.secret);
  await expect(results.filter({ hasText: "nightly-export" })).toBeVisible();
  expect(bodies.filter((body) => body.includes(wanted.secret.slice(4, -4)))).toEqual([]);

  await palette.getByRole("combobox").fill("no such thing");
  await expect(palette.getByText(/Nothing you can open has that name/)).toBeVisible();
  await expectAccessible(page);

  await page.route("**/*", (route) => (route.request().method() === "POST" ? route.abort() : route.fallback()));
  await palette.getByRole("combobox").fill("nightly-e");
  await expect(palette.getByRole("alert")).toContainText(
    "The tokens could not be searched. The server did not answer.",
  );
  await expectAccessible(page);
  await page.unroute("**/*");
  await palette.getByRole("button", { name: "Try again" }).click();
  await expect(results.filter({ hasText: "nightly-export" })).toBeVisible();
  await palette.getByRole("combobox").press("Enter");
  await expect(page.getByRole("heading", { name: "nightly-export" })).toBeVisible();

  await openPalette(page);
  await expect(palette.getByRole("combobox")).toHaveValue("");
  await page.keyboard.type("tenants west");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`tenant=${west.tenantId}`));
  await expect(page).toHaveTitle(/^API tokens · .* \/ west · Praxis Identity$/);

  await openPalette(page);
  await page.keyboard.type("dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveClass(/dark/);
});

test("the palette lists what its user may open and nothing else", async ({ page, signIn }) => {
  const { place } = await signIn({ role: "viewer" });
  await page.goto(tokensUrl(place));
  const palette = await openPalette(page);
  const names = (await palette.getByRole("option").allTextContents()).map((name) => name.replace("(current)", ""));
  const { name } = await db.organization.findUniqueOrThrow({ where: { id: place.organizationId } });
  expect(names).toEqual([
    ...["General", "API tokens", "Policy", "Webhooks"],
    ...["Personal tokens", "Sessions", "Account", "Docs", "API reference"],
    `${name} / east`,
    ...["Light theme", "Dark theme", "System theme", "Sign out"],
  ]);
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
});

test("a page has its title from its first byte on, and is never without one while it changes", async ({
  page,
  signIn,
}) => {
  const { place, user } = await signIn({ role: "admin" });
  const { id } = await createTokenRow(place, { creatorId: user.id });
  const details = `/identity/settings/tenant/tokens/${id}?tenant=${place.tenantId}&orgId=${place.organizationId}`;
  for (const [address, title] of [
    [tenantUrl(place, "general"), "General · "],
    [url(details), "API token · "],
    [url("/identity/profile"), "Personal tokens · "],
    [url("/docs"), "Using API tokens · "],
  ] as const) {
    const html = await (await page.request.get(address)).text();
    expect(html.slice(0, html.indexOf("</head>"))).toContain(`<title>${title}`);
    expect(html.match(/<title>/g)).toHaveLength(1);
  }
  await page.goto(tenantUrl(place, "general"));
  await page.evaluate(() => {
    const titles = [document.title];
    new MutationObserver(() => titles.push(document.title)).observe(document, { childList: true, subtree: true });
    Object.assign(window, { titles });
  });
  await page.getByLabel("Name").fill("north");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(page).toHaveTitle(/^General · .* \/ north · /);
  await page.getByRole("link", { name: "API tokens" }).click();
  await expect(page).toHaveTitle(/^API tokens · /);
  const titles = await page.evaluate<unknown>("window.titles");
  expect(titles).not.toContain("");
});

test("a tenant is renamed on its General page, never to a name that is taken", async ({ page, signIn }) => {
  const { place } = await signIn({ role: "admin" });
  await createTenant(place, "west");
  await page.goto(tenantUrl(place, "general"));
  await expect(page).toHaveTitle(/^General · /);
  await expect(page.getByText(place.tenantId)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Name").fill("west");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByLabel("Name")).toHaveAccessibleDescription(
    /Another tenant of the organization is named "west"/,
  );
  await expect(page.getByLabel("Name")).toBeFocused();
  await expectAccessible(page);
  await page.getByLabel("Name").fill("north");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toContainText("north");
  await page.goto(tenantUrl(place, "audit"));
  await expect(page.getByText(/changed the name of the tenant/)).toBeVisible();
});

test("an owner creates a tenant and goes there; an admin is told why not", async ({ page, signIn }) => {
  const { place, user } = await signIn({ role: "owner" });
  await createTokenRow(place, { creatorId: user.id });
  await page.goto(organizationUrl(place, "tenants"));
  await expect(page.getByRole("row", { name: /^east/ })).toContainText("1");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create tenant" }).click();
  const dialog = page.getByRole("dialog", { name: "Create tenant" });
  await dialog.getByLabel("Name").fill("east");
  await dialog.getByRole("button", { name: "Create tenant" }).click();
  await expect(dialog.getByLabel("Name")).toHaveAccessibleDescription(/is named "east"/);
  await expectAccessible(page);
  await dialog.getByLabel("Name").fill("north");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await page.getByRole("table").getByRole("link", { name: "north" }).click();
  await expect(page.getByText("No API tokens yet")).toBeVisible();

  await page.goto(organizationUrl(place, "plan"));
  await expect(page.getByRole("heading", { name: "Plan Business" })).toBeVisible();
  await expectAccessible(page);
  await signIn({ role: "admin", place });
  await page.goto(organizationUrl(place, "tenants"));
  await expect(page.getByRole("button", { name: "Create tenant" })).toHaveAccessibleDescription(/organization:write/);
});

for (const [name, viewport] of [
  ["a phone", { width: 390, height: 844 }],
  ["a screen zoomed to 200 %", { width: 720, height: 450 }],
] as const)
  test.describe(`on ${name}`, () => {
    test.use({ viewport, deviceScaleFactor: 2, contextOptions: { reducedMotion: "reduce" } });

    test("every page of the shell fits, and the palette works", async ({ page, signIn }) => {
      const { place, user } = await signIn({ role: "owner" });
      await createTokenRow(place, { name: "nightly-export", creatorId: user.id });
      for (const address of [
        tokensUrl(place),
        tenantUrl(place, "general"),
        organizationUrl(place, "tenants"),
        organizationUrl(place, "plan"),
      ]) {
        await page.goto(address);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
      }
      await page.getByRole("button", { name: "Search and commands" }).click();
      await expect(paletteOf(page).getByRole("combobox")).toBeFocused();
      await paletteOf(page).getByRole("combobox").fill("nightly");
      await paletteOf(page).getByRole("option", { name: "nightly-export" }).click();
      await expect(page.getByRole("heading", { name: "nightly-export" })).toBeVisible();
    });
  });

async function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}
