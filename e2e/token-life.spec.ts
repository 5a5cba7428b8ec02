import { db } from "@/lib/db/client";
import { createPipelineRow, createTenant, createTokenRow } from "@/lib/test/fixtures";
import { expect, expectAccessible, secretIn, signInWithForm, test, tokensUrl, url } from "./support/story";

const pipeline = { name: "nginx", signal: "logs", source: "filelog", destination: "s3://logs" };

test("an admin issues a token, a program uses it, and once revoked the very next call is refused", async ({
  page,
  person,
  api,
}) => {
  const admin = await person({ role: "admin", name: "Ada Admin" });

  await test.step("signs in with e-mail and password", async () => {
    await page.goto(tokensUrl(admin.place));
    await expect(page).toHaveURL(/\/sign-in\?returnTo=/);
    await signInWithForm(page, { email: admin.user.email, password: admin.password });
    await expect(page.getByText("No API tokens yet")).toBeVisible();
    expect(page.url()).not.toContain(admin.password.split(" ")[0]);
  });

  const dialog = page.getByRole("dialog", { name: "Create API token" });
  await test.step("creates a token with a permission set", async () => {
    await page.getByRole("button", { name: "Create token" }).first().click();
    await dialog.getByLabel("Name").fill("Deploy job");
    await dialog.getByRole("radio", { name: /Data access/ }).click();
    await expect(dialog.getByText(/Can read and write pipelines, collectors and metrics/)).toBeVisible();
    await dialog.getByRole("button", { name: "Create token" }).click();
  });

  const drawer = page.getByRole("dialog", { name: "Store your secret" });
  const secret = await secretIn(drawer);

  await test.step("cannot lose the secret by accident", async () => {
    await page.keyboard.press("Escape");
    await expect(page.getByText(/cannot be shown again/i).first()).toBeVisible();
    await expect(drawer).toBeVisible();
    await expect(drawer.getByText(secret, { exact: true })).toBeVisible();
  });

  await test.step("a program calls the API with it", async () => {
    expect((await api("POST", "/v1/pipelines", { token: secret, body: pipeline })).status).toBe(201);
    expect((await api("GET", "/v1/pipelines", { token: secret })).body).toMatchObject({ items: [{ name: "nginx" }] });
  });

  await test.step("stores it and closes; after that the secret is nowhere", async () => {
    const keep = page.getByRole("button", { name: /keep|go back|stay/i });
    if (await keep.isVisible()) await keep.click();
    await drawer.getByRole("checkbox", { name: "I have stored this secret" }).check();
    await drawer.getByRole("button", { name: "Done" }).click();
    await expect(drawer).toBeHidden();
    expect(await page.content()).not.toContain(secret);
    await page.reload();
    const row = page.getByRole("row", { name: /Deploy job/ });
    await expect(row).toContainText(`pxt_…${secret.slice(-4)}`);
    expect(await page.content()).not.toContain(secret);
    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
    );
    expect(stored).not.toContain(secret);
  });

  await test.step("revokes it with a reason", async () => {
    await page.getByRole("button", { name: /Actions for .*Deploy job/ }).click();
    await page.getByRole("menuitem", { name: /Revoke/ }).click();
    const confirm = page.getByRole("alertdialog", { name: /Revoke .*Deploy job/ });
    await confirm.getByRole("radio", { name: /Compromised/ }).click();
    await confirm.getByRole("button", { name: "Revoke token" }).click();
    await expect(page.getByText("Revoked “Deploy job”")).toBeVisible();
    const refused = await api("GET", "/v1/pipelines", { token: secret });
    expect(refused).toMatchObject({ status: 401, body: { error: "unauthorized" } });
    await expect(page.getByRole("row", { name: /Deploy job/ })).toBeHidden();
  });
});

test("a token with custom scopes is told which scope it lacks", async ({ page, signIn, openTokens, api }) => {
  const { place } = await signIn({ role: "admin" });
  await openTokens(place);
  await page.getByRole("button", { name: "Create token" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create API token" });
  await dialog.getByLabel("Name").fill("Exporter");
  await dialog.getByRole("radio", { name: /Custom/ }).click();
  await dialog.getByRole("group", { name: "Pipelines" }).getByRole("radio", { name: "Read" }).click();
  await dialog.getByRole("button", { name: "Create token" }).click();
  const drawer = page.getByRole("dialog", { name: "Store your secret" });
  const secret = await secretIn(drawer);
  expect((await api("GET", "/v1/pipelines", { token: secret })).status).toBe(200);
  const refused = await api("POST", "/v1/pipelines", { token: secret, body: pipeline });
  expect(refused).toMatchObject({ status: 403, body: { error: "insufficient_scope", scope: "pipeline:write" } });
});

test("a viewer sees tokens and is told why they cannot create or revoke any", async ({ page, signIn, openTokens }) => {
  const { place } = await signIn({ role: "viewer" });
  await createTokenRow(place, { name: "Deploy job", scopes: ["pipeline:read"] });
  await openTokens(place);
  await expect(page.getByRole("row", { name: /Deploy job/ })).toBeVisible();
  const create = page.getByRole("button", { name: "Create token" });
  await expect(create).toBeDisabled();
  await expect(create).toHaveAccessibleDescription(/doesn't include token:write/);
  await create.hover();
  await expect(page.getByText(/doesn't include token:write/).filter({ visible: true })).toBeVisible();
  await create.click({ force: true });
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("another tenant's tokens, pipelines and settings do not exist for a stranger", async ({ page, signIn, api }) => {
  const { place } = await signIn({ role: "admin" });
  const sibling = await createTenant(place);
  const foreign = await createTokenRow(sibling, { scopes: ["pipeline:read", "token:read"] });
  const mine = await createTokenRow(place, { scopes: ["pipeline:read", "token:read"] });
  const theirs = await createPipelineRow(place);
  for (const path of [`/v1/pipelines/${theirs.id}`, `/identity/tokens/${mine.id}`])
    expect((await api("GET", path, { token: foreign.secret })).status).toBe(404);

  const stranger = await db.organization.create({
    data: { name: "Globex", tenants: { create: { name: "secret-lab" } } },
    include: { tenants: true },
  });
  const tenantId = stranger.tenants[0]?.id ?? "";
  await page.goto(tokensUrl({ organizationId: stranger.id, tenantId }));
  await expect(page.getByRole("heading", { name: "Tenant not found" })).toBeVisible();
  await expect(page.getByText("secret-lab")).toHaveCount(0);
  await expectAccessible(page);
});

test("an address without a tenant offers a choice", async ({ page, signIn }) => {
  await signIn({ role: "editor" });
  await page.goto(url("/identity/settings/tenant?tab=api-tokens"));
  await expect(page.getByRole("heading", { name: "Choose a tenant" })).toBeVisible();
  await expectAccessible(page);
});

test("the record names the real address of a caller, whatever headers it makes up", async ({ signIn }) => {
  const { place } = await signIn({ role: "admin" });
  const token = await createTokenRow(place, { scopes: ["pipeline:read"] });
  const response = await fetch(url("/v1/pipelines"), {
    headers: {
      authorization: `Bearer ${token.secret}`,
      "x-forwarded-for": "8.8.8.8",
      "x-praxis-client-address": "9.9.9.9",
    },
  });
  expect(response.status).toBe(200);
  const event = await db.auditEvent.findFirstOrThrow({ where: { targetId: token.id } });
  expect(event.address).toBe("127.0.0.1");
});

test("a plan without programmatic access is explained; tokens can still be revoked", async ({
  page,
  signIn,
  openTokens,
  api,
}) => {
  const { place } = await signIn({ role: "admin" });
  const token = await createTokenRow(place, { name: "Deploy job", scopes: ["pipeline:read"] });
  await db.organization.update({ where: { id: place.organizationId }, data: { plan: "starter" } });
  await openTokens(place);
  await expect(page.getByText("Programs have no access under this plan")).toBeVisible();
  await expect(page.getByRole("button", { name: "Create token" })).toHaveAccessibleDescription(/Starter plan/);
  const refused = await api("GET", "/v1/pipelines", { token: token.secret });
  expect(refused).toMatchObject({ status: 403, body: { error: "plan_required" } });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Actions for Deploy job" }).click();
  await page.getByRole("menuitem", { name: "Revoke…" }).click();
  const confirm = page.getByRole("alertdialog");
  await confirm.getByRole("radio", { name: /Unused/ }).click();
  await confirm.getByRole("button", { name: "Revoke token" }).click();
  await expect(page.getByText("Revoked “Deploy job”")).toBeVisible();
});
