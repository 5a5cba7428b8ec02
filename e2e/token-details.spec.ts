import { db } from "@/lib/db/client";
import { createTokenRow, type Place } from "@/lib/test/fixtures";
import { expect, expectAccessible, hydrated, secretIn, test, url } from "./support/story";

const day = 24 * 60 * 60 * 1000;

function detailsUrl({ organizationId, tenantId }: Place, id: string): string {
  return url(
    `/identity/settings/tenant/tokens/${id}?${new URLSearchParams({ tenant: tenantId, orgId: organizationId })}`,
  );
}

test("an admin sees what a token is used for and takes the rest away with one click", async ({ page, signIn, api }) => {
  const { place } = await signIn({ role: "admin" });
  const token = await createTokenRow(place, {
    name: "Warehouse export",
    scopes: ["pipeline:read", "alerts:read", "knowledge:read"],
  });
  await db.token.update({ where: { id: token.id }, data: { createdAt: new Date(Date.now() - 120 * day) } });
  for (const path of ["/v1/pipelines", "/v1/pipelines"])
    expect((await api("GET", path, { token: token.secret })).status).toBe(200);
  expect((await api("GET", "/v1/collectors", { token: token.secret })).status).toBe(403);

  await page.goto(detailsUrl(place, token.id));
  await expect(page.getByRole("heading", { name: "Warehouse export" })).toBeVisible();
  const usage = page.getByRole("region", { name: "Usage" });
  await expect(usage.getByText("3 calls in the last 30 days: 2 allowed, 1 denied.")).toBeVisible();
  await usage.getByRole("button", { name: /Show as a table/ }).click();
  await expect(usage.getByRole("row")).toHaveText(["Day (UTC)AllowedDenied", /21$/]);
  await expectAccessible(page);

  const scopes = page.getByRole("region", { name: "Scopes", exact: true });
  await expect(scopes.getByText("2 of 3 scopes not used in the last 90 days")).toBeVisible();
  await scopes.getByRole("button", { name: "Narrow to 1 scope…" }).click();
  const confirm = page.getByRole("alertdialog", { name: "Narrow “Warehouse export” to 1 scope?" });
  await expect(confirm.getByRole("list", { name: "Removed" }).getByRole("listitem")).toHaveText([
    "alerts:read",
    "knowledge:read",
  ]);
  await expectAccessible(page);
  await confirm.getByRole("button", { name: "Narrow token" }).click();
  await expect(confirm).toBeHidden();

  await expect(scopes.getByText("Each scope was used in the last 90 days.")).toBeVisible();
  expect((await api("GET", "/v1/alerts", { token: token.secret })).status).toBe(403);
  expect((await api("GET", "/v1/pipelines", { token: token.secret })).status).toBe(200);
  await expect(page.getByRole("list", { name: "History of Warehouse export" })).toContainText("changed the scopes");
});

test("a rotation says when it is safe to finish, and is finished early with one click", async ({
  page,
  signIn,
  api,
}) => {
  const { place } = await signIn({ role: "admin" });
  const old = await createTokenRow(place, { name: "Deploy job", scopes: ["pipeline:read"] });
  const works = async (token: string) => (await api("GET", "/v1/pipelines", { token })).status;
  await page.goto(detailsUrl(place, old.id));
  await page.getByRole("button", { name: "Rotate…" }).click();
  await page
    .getByRole("dialog", { name: /Rotate/ })
    .getByRole("button", { name: "Rotate token" })
    .click();
  const drawer = page.getByRole("dialog", { name: "Store your secret" });
  const secret = await secretIn(drawer);
  await drawer.getByRole("checkbox", { name: "I have stored this secret" }).check();
  await drawer.getByRole("button", { name: "Done" }).click();

  const rotation = page.getByRole("region", { name: "Rotation under way" });
  await expect(rotation.getByText(/^Not yet: neither secret has been used/)).toBeVisible();
  expect(await works(old.secret)).toBe(200);
  await rotation.getByRole("button", { name: "Check again" }).click();
  await expect(rotation.getByText("Not yet: the new secret has not been used.")).toBeVisible();
  expect(await works(secret)).toBe(200);
  await rotation.getByRole("button", { name: "Check again" }).click();
  await expect(rotation.getByText(/^Safe to finish: the old secret was last used .* before the new one/)).toBeVisible();
  await expectAccessible(page);

  await rotation.getByRole("link", { name: "Deploy job" }).click();
  await page.waitForURL(({ pathname }) => !pathname.endsWith(old.id));
  const other = page.getByRole("region", { name: "Rotation under way" });
  await expect(other.getByText(/this token/)).toBeVisible();
  await hydrated(page);
  await other.getByRole("button", { name: "Finish now…" }).click();
  const confirm = page.getByRole("alertdialog", { name: "End the old secret of “Deploy job” now?" });
  await expect(confirm.getByText(/^Safe to finish/)).toBeVisible();
  await confirm.getByRole("button", { name: "End the old secret" }).click();
  await expect(page.getByRole("region", { name: "Rotation finished" })).toContainText("Revoked");
  expect([await works(old.secret), await works(secret)]).toEqual([401, 200]);
});

test("a dead token is replaced by one with its settings, and can be deleted; its trail stays", async ({
  page,
  signIn,
  api,
}) => {
  const { place, user } = await signIn({ role: "admin" });
  const dead = await createTokenRow(place, {
    name: "Nightly sync",
    // What the admin does not hold is left out, and said.
    scopes: ["pipeline:read", "organization:write"],
    creatorId: user.id,
    revokedAt: new Date(),
  });
  await page.goto(detailsUrl(place, dead.id));
  await expect(page.getByText("Revoked as compromised")).toBeVisible();
  await page.getByRole("button", { name: "Create replacement…" }).click();
  const dialog = page.getByRole("dialog", { name: "Create a replacement for “Nightly sync”" });
  await expect(dialog.getByText("Left out: organization:write, which you don't hold.")).toBeVisible();
  await expect(dialog.getByLabel("Name")).toHaveValue("Nightly sync");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Create token" }).click();
  const drawer = page.getByRole("dialog", { name: "Store your secret" });
  const secret = await secretIn(drawer);
  expect((await api("GET", "/identity/tokens/self", { token: secret })).body).toMatchObject({
    name: "Nightly sync",
    scopes: ["pipeline:read"],
    rotatedFromId: null,
  });
  await drawer.getByRole("checkbox", { name: "I have stored this secret" }).check();
  await drawer.getByRole("button", { name: "Done" }).click();

  await page.getByRole("button", { name: "More actions for Nightly sync" }).click();
  await page.getByRole("menuitem", { name: "Delete from list…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete from list" }).click();
  await expect(page.getByRole("heading", { name: "API tokens", exact: true })).toBeVisible();
  await page.goto(detailsUrl(place, dead.id));
  await expect(page.getByRole("heading", { name: "Token not found" })).toBeVisible();
  await expectAccessible(page);
  expect(await db.auditEvent.count({ where: { targetId: dead.id, action: "token.purged" } })).toBe(1);
});

test("on a phone a token is renamed and narrowed; more than it has is a duplicate's", async ({ page, signIn, api }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { place } = await signIn({ role: "admin" });
  const token = await createTokenRow(place, {
    name: "edge",
    scopes: ["pipeline:read", "collector:read", "metrics:read"],
    expiresAt: new Date(Date.now() + 30 * day),
  });
  await page.goto(detailsUrl(place, token.id));
  await expectAccessible(page);
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: "More actions for edge" }).click();
  await page.getByRole("menuitem", { name: "Edit…" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit “edge”" });
  await dialog.getByLabel("Name").fill("edge collector, Oslo");
  await dialog.getByRole("checkbox", { name: "metrics:read" }).uncheck();
  await expect(dialog.getByText("1 scope will go, and cannot be given back.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Last day").fill("2100-01-01");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog.getByText(/can only be brought forward; rotate/)).toBeVisible();
  const lastDay = new Date(Date.now() + 10 * day).toISOString().slice(0, 10);
  await dialog.getByLabel("Last day").fill(lastDay);
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { name: "edge collector, Oslo", exact: true })).toBeVisible();
  expect((await api("GET", "/identity/tokens/self", { token: token.secret })).body).toMatchObject({
    name: "edge collector, Oslo",
    scopes: ["pipeline:read", "collector:read"],
    expiresAt: `${lastDay}T23:59:59.000Z`,
  });

  await page.getByRole("button", { name: "More actions for edge collector, Oslo" }).click();
  await page.getByRole("menuitem", { name: "Edit…" }).click();
  await page.getByRole("button", { name: "duplicate it with changes" }).click();
  const duplicate = page.getByRole("dialog", { name: "Duplicate “edge collector, Oslo”" });
  await expect(duplicate.getByLabel("Name")).toHaveValue("edge collector, Oslo (copy)");
  expect(await overflow()).toBeLessThanOrEqual(0);
});

test("an editor sees a token but not who did what to it, and changes nothing", async ({ page, signIn }) => {
  const { place } = await signIn({ role: "editor" });
  const token = await createTokenRow(place, { name: "edge", scopes: ["pipeline:read"] });
  await page.goto(detailsUrl(place, token.id));
  await expect(page.getByRole("region", { name: "History" })).toContainText("doesn't include audit:read");
  for (const name of ["Rotate…", "Revoke…"])
    await expect(page.getByRole("button", { name })).toHaveAccessibleDescription(/doesn't include token:write/);
  await expectAccessible(page);
});
