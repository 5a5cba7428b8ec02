import { db } from "@/lib/db/client";
import { createMember, createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import { expect, expectAccessible, test, url } from "./support/story";

const day = 24 * 60 * 60 * 1000;

function organizationTokensUrl(place: Place): string {
  return url(`/identity/settings/organization?${new URLSearchParams({ orgId: place.organizationId, tab: "tokens" })}`);
}

/** Two tenants: three tokens idle for long, two in use, one about to expire, and one of another organization. */
async function estate(place: Place) {
  const west = await createTenant(place, "west");
  const { id: creatorId } = await createMember(place, "owner", { name: "Ada Lindqvist" });
  const shared = { creatorId, scopes: ["pipeline:read"] as const };
  const soon = new Date(Date.now() + 5 * day);
  const later = new Date(Date.now() + 60 * day);
  const made = {
    west,
    idle: [
      await createTokenRow(place, { ...shared, name: "old CI", expiresAt: later }),
      await createTokenRow(west, { ...shared, name: "old export" }),
      await createTokenRow(west, { ...shared, name: "old dashboard", expiresAt: later }),
    ],
    busy: [
      await createTokenRow(place, { ...shared, name: "edge collector", expiresAt: soon, lastUsedAt: new Date() }),
      await createTokenRow(west, { ...shared, name: "billing job", expiresAt: later, lastUsedAt: new Date() }),
    ],
    foreign: await createTokenRow(await createPlace(), { ...shared, name: "somebody else's" }),
  };
  const createdAt = new Date(Date.now() - 120 * day);
  for (const { id } of made.idle) await db.token.update({ where: { id }, data: { createdAt } });
  await db.tenant.update({ where: { id: west.tenantId }, data: { neverExpiresAllowed: false } });
  return made;
}

test("the idle tokens of two tenants are found by their card and revoked together; the others work on", async ({
  page,
  signIn,
  api,
}) => {
  const { place } = await signIn({ role: "admin", name: "Grace Okafor" });
  const { idle, busy, foreign } = await estate(place);
  await page.goto(organizationTokensUrl(place));
  const cards = page.getByRole("list", { name: "Counts of tokens" });
  for (const [name, count] of [
    ["Working", 5],
    ["Expiring", 1],
    ["Never expires", 1],
    ["Idle 90+ days", 3],
    ["Over-privileged", 3],
    ["Violating policy", 1],
  ])
    await expect(cards.getByRole("link", { name: `${name} ${count}`, exact: true })).toBeVisible();
  await expectAccessible(page);

  await cards.getByRole("link", { name: /Idle/ }).click();
  await expect(cards.getByRole("link", { name: /Idle/ })).toHaveAttribute("aria-current", "true");
  const table = page.getByRole("table", { name: "API tokens" });
  await expect(table.getByRole("row", { name: /^Select old/ })).toHaveCount(3);
  await expect(table.getByRole("row")).toHaveCount(4);
  await expect(table.getByRole("row", { name: /old export/ })).toContainText("west");
  await expect(table.getByRole("link", { name: "old CI" })).toHaveAttribute("href", new RegExp(idle[0]?.id ?? "none"));

  await table.getByRole("checkbox", { name: "Select all on this page" }).check();
  await table.getByRole("checkbox", { name: "Select old dashboard" }).uncheck();
  await page.getByRole("region", { name: "Selected tokens" }).getByRole("button", { name: "Revoke…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText("2 tokens would be revoked")).toBeVisible();
  await dialog.getByRole("radio", { name: /Unused/ }).click();
  await dialog.getByLabel("Type 2 to confirm").fill("2");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Revoke 2 tokens" }).click();
  await expect(dialog.getByText("Revoked 2 tokens")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(cards.getByRole("link", { name: "Idle 90+ days 1", exact: true })).toBeVisible();
  await expect(table.getByRole("row", { name: /old/ })).toHaveCount(1);
  // What opened the dialog is gone.
  await expect(page.getByRole("region", { name: "Matching tokens" }).getByLabel("Search tokens")).toBeFocused();

  const status = async (token: { secret: string } | undefined) =>
    (await api("GET", "/v1/pipelines", { token: token?.secret ?? "" })).status;
  expect(await Promise.all(idle.map(status))).toEqual([401, 401, 200]);
  expect(await Promise.all([...busy, foreign].map(status))).toEqual([200, 200, 200]);
});

test("a tenant's count leads to its tokens; the address holds it all, and back leads back", async ({
  page,
  signIn,
}) => {
  const { place } = await signIn({ role: "owner" });
  await estate(place);
  await page.goto(organizationTokensUrl(place));
  const breakdown = page.getByRole("table", { name: "Tokens by tenant" });
  await breakdown.getByRole("link", { name: "Violating policy in west: 1" }).click();
  const table = page.getByRole("table", { name: "API tokens" });
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(table.getByRole("link", { name: "old export" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Shorten them to what the policy allows" })).toHaveAttribute(
    "href",
    /tab=policy/,
  );
  await expect(page.getByLabel("Tenant", { exact: true })).toContainText("west");
  await page.reload();
  await expect(table.getByRole("row")).toHaveCount(2);
  await page.goto(`${organizationTokensUrl(place)}&tenant=nonsense&cursor=nonsense&revokedDays=1`);
  await expect(table.getByRole("row")).toHaveCount(6);
  await page.goBack();

  await page.getByLabel("Search tokens").fill("nothing like it");
  await expect(page.getByText("No tokens match")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Clear filters" }).last().click();
  await expect(table.getByRole("row")).toHaveCount(6);
  await table.getByRole("button", { name: "Name" }).click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(table.getByRole("row").nth(1)).toContainText("billing job");
  await page.getByLabel("Tenant", { exact: true }).click();
  await page.getByRole("option", { name: "east" }).click();
  await expect(table.getByRole("row")).toHaveCount(3);
  await page.goBack();
  await expect(table.getByRole("row")).toHaveCount(6);
  await breakdown.getByRole("link", { name: "Violating policy in west: 1" }).click();
  await expect(page.getByRole("heading", { name: "Violating policy" })).toBeVisible();
  await page.getByLabel("Tenant", { exact: true }).click();
  await page.getByRole("option", { name: "east" }).click();
  await expect(page.getByText("No token violates its tenant's policy")).toBeVisible();
  await page.getByRole("button", { name: "Show all tenants" }).click();
  await expect(table.getByRole("row")).toHaveCount(2);
});

test("an organization without tokens says where they are made; who may not see them is told what it takes", async ({
  page,
  signIn,
}) => {
  const { place } = await signIn({ role: "admin" });
  await page.goto(organizationTokensUrl(place));
  await expect(page.getByRole("heading", { name: "No API tokens yet" })).toBeVisible();
  await expectAccessible(page);
  const { id } = await db.membership.findFirstOrThrow({
    where: { organizationId: place.organizationId },
    select: { id: true },
  });
  await db.membership.update({ where: { id }, data: { tenantId: place.tenantId } });
  await page.reload();
  await expect(page.getByRole("heading", { name: "You can't see the organization's tokens" })).toBeVisible();
  await expectAccessible(page);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("counts, tenants and tokens fit without scrolling sideways, and can be selected", async ({ page, signIn }) => {
    const { place } = await signIn({ role: "admin" });
    await estate(place);
    await page.goto(organizationTokensUrl(place));
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect(page.getByRole("link", { name: "old CI" })).toBeVisible();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.getByRole("checkbox", { name: "Select all on this page" }).check();
    await expect(page.getByRole("region", { name: "Selected tokens" })).toContainText("5 tokens selected");
    expect(await overflow()).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  });
});
