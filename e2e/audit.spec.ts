import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { contextOf } from "@/lib/test/calls";
import { createPlace, createTenant, createTokenRow, type Place } from "@/lib/test/fixtures";
import { expect, expectAccessible, test, url } from "./support/story";

function auditUrl({ organizationId, tenantId }: Place): string {
  const query = new URLSearchParams({ tenant: tenantId, orgId: organizationId, tab: "audit" });
  return url(`/identity/settings/tenant?${query}`);
}

function organizationAuditUrl({ organizationId }: Place): string {
  return url(`/identity/settings/organization?${new URLSearchParams({ orgId: organizationId, tab: "audit" })}`);
}

/** Does something in a place as the user signed in on the page, as its scripts would. */
async function act(page: Page, place: Place, method: string, path: string, data: unknown) {
  const response = await page.request.fetch(url(path), { method, headers: contextOf(place), data });
  expect(response.ok()).toBe(true);
  return response.json();
}

async function download(page: Page, link: string): Promise<{ name: string; text: string }> {
  const started = page.waitForEvent("download");
  await page.getByRole("link", { name: link }).click();
  const file = await started;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

test("what was done is on the page at once: who, what, to which token, from where, and why", async ({
  page,
  signIn,
  api,
}) => {
  const { place } = await signIn({ role: "admin", name: "Ada Admin" });
  const created = await act(page, place, "POST", "/identity/tokens", { name: "ci-deploy", permissionSet: "read-only" });
  const { id, hint } = created.token;
  await api("GET", "/v1/pipelines", { token: created.secret });
  await act(page, place, "POST", "/identity/tokens/revoke", { ids: [id], reason: "compromised" });
  const refused = await api("GET", "/v1/pipelines", { token: created.secret });

  await page.goto(auditUrl(place));
  const events = page.getByRole("list", { name: "Audit events" }).locator(":scope > li");
  await expect(events).toHaveCount(2);
  await expect(events.nth(0)).toContainText(`Ada Admin revoked ci-deploy (${hint}): compromised`);
  await expect(events.nth(1)).toContainText(`Ada Admin created ci-deploy (${hint})`);
  await events
    .nth(0)
    .getByRole("button", { name: /^Details: Ada Admin revoked/ })
    .click();
  await expect(events.nth(0)).toContainText("127.0.0.1");
  await expect(events.nth(0).getByText("token.revoked", { exact: true })).toBeVisible();
  await expect(events.nth(0)).toContainText(id);
  await expectAccessible(page);

  await page.getByRole("checkbox", { name: "Show token uses" }).check();
  await expect(events).toHaveCount(4);
  await expect(events.nth(0)).toContainText(
    `ci-deploy (${hint}) was refused at GET /v1/pipelines: the token is revoked`,
  );
  await expect(events.nth(0)).toContainText("Denied");

  await page.getByRole("combobox", { name: "Done by" }).click();
  await page.getByRole("option", { name: `ci-deploy (${hint})` }).click();
  await expect(events).toHaveCount(2);
  expect(new URL(page.url()).searchParams.get("actor")).toBe(id);
  await page.getByRole("button", { name: /^Remove the filter Done by: ci-deploy/ }).click();
  await expect(events).toHaveCount(4);
  await page.goBack();
  await expect(events).toHaveCount(2);
  await page.getByRole("button", { name: "Clear filters" }).click();

  // The caller was told nothing but this id; here it tells the reason.
  const { correlationId } = Object(refused.body);
  await page.getByRole("checkbox", { name: "Show token uses" }).uncheck();
  await expect(events).toHaveCount(2);
  const lookup = page.getByRole("searchbox", { name: "Find by ID" });
  await lookup.fill("nonsense");
  await lookup.press("Enter");
  await expect(page.getByText(/^Paste the ID of a token or person/)).toBeVisible();
  await lookup.fill(correlationId);
  await lookup.press("Enter");
  await expect(events).toHaveCount(1);
  await expect(events).toContainText("the token is revoked");
});

test("the part of the log that is shown is downloaded, as CSV and as NDJSON", async ({ page, signIn, api }) => {
  const { place } = await signIn({ role: "owner", name: "Otto Owner" });
  const token = await createTokenRow(place, { scopes: ["pipeline:read"], name: "reader" });
  await act(page, place, "PATCH", `/identity/tokens/${token.id}`, { name: "=cmd()" });
  await api("GET", "/v1/pipelines", { token: token.secret });

  await page.goto(auditUrl(place));
  const csv = await download(page, "Export CSV");
  expect(csv.name).toMatch(/^audit-log-organization-[0-9a-f-]+-east-\d{8}T\d{6}Z\.csv$/);
  const [header, ...rows] = csv.text.trimEnd().split("\r\n");
  expect(header).toMatch(/^occurredAt,actorKind,.*correlationId/);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain("token.updated");
  expect(csv.text).not.toContain(token.secret);

  await page.getByRole("checkbox", { name: "Show token uses" }).check();
  await page.getByRole("combobox", { name: "Action" }).click();
  await page.getByRole("option", { name: "Token used" }).click();
  await expect(page.getByRole("button", { name: "Remove the filter Action: Token used" })).toBeVisible();
  const ndjson = await download(page, "Export NDJSON");
  expect(ndjson.name).toMatch(/\.ndjson$/);
  const events = ndjson.text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.map(({ action, actor, correlationId }) => [action, actor.id, correlationId.length])).toEqual([
    ["token.used", token.id, 32],
  ]);

  await page.getByRole("combobox", { name: "Outcome" }).click();
  await page.getByRole("option", { name: "Denied" }).click();
  await expect(page.getByRole("heading", { name: "No events match" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Clear filters" }).last().click();
  await expect(page.getByRole("list", { name: "Audit events" })).toBeVisible();
});

test("who may not read the log is told so, and can download none of it", async ({ page, signIn }) => {
  const { place } = await signIn({ role: "viewer" });
  await page.goto(auditUrl(place));
  await expect(page.getByText("You can't see the audit log here")).toBeVisible();
  const query = new URLSearchParams({ tenant: place.tenantId, orgId: place.organizationId, format: "csv" });
  const refused = await page.request.get(url(`/identity/settings/tenant/audit/export?${query}`));
  expect([refused.status(), (await refused.json()).scope]).toEqual([403, "audit:read"]);
  const foreign = new URLSearchParams({ orgId: (await createPlace()).organizationId, format: "csv" });
  const missing = await page.request.get(url(`/identity/settings/organization/audit/export?${foreign}`));
  expect(missing.status()).toBe(404);

  await page.context().clearCookies();
  await page.goto(url(`/identity/settings/tenant/audit/export?${query}`));
  expect(new URL(page.url()).searchParams.get("returnTo")).toContain("tab=audit");
});

test("an organization's log holds its tenants, its members and their sign-ins, also on a phone", async ({
  page,
  signIn,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { place, user } = await signIn({ role: "owner", name: "Olga Owner" });
  const west = await createTenant(place, "west");
  await act(page, west, "POST", "/v1/pipelines", {
    name: "edge",
    signal: "logs",
    source: "otlp",
    destination: "s3://bucket",
  });

  await page.goto(organizationAuditUrl(place));
  const events = page.getByRole("list", { name: "Audit events" }).locator(":scope > li");
  await expect(events.nth(0)).toContainText("Olga Owner created the pipeline edge");
  await expect(events.nth(0)).toContainText("west");
  await expect(events.filter({ hasText: "Olga Owner signed in" })).toContainText("Whole organization");
  await events
    .nth(0)
    .getByRole("button", { name: /^Details/ })
    .click();
  await expect(events.nth(0)).toContainText(user.id);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);

  await page.getByRole("combobox", { name: "Tenant", exact: true }).click();
  await page.getByRole("option", { name: "west" }).click();
  await expect(events).toHaveCount(1);
  const file = await download(page, "Export NDJSON");
  expect(file.text.trimEnd().split("\n")).toHaveLength(1);
});
