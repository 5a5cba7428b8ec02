import { inspect } from "node:util";
import type { Page } from "@playwright/test";
import { db } from "@/lib/db/client";
import { createPlace, createTokenRow } from "@/lib/test/fixtures";
import { signedHeaders } from "@/lib/test/signing";
import { generateSecret } from "@/lib/tokens/secret";
import { expect, expectAccessible, storySigner, test, url } from "./support/story";

test("an admin finds a secret in a chat, learns which token it is, and ends it on the spot", async ({
  page,
  signIn,
  openTokens,
  api,
}) => {
  const { place, user } = await signIn({ role: "admin", name: "Ada Admin" });
  const scopes = ["pipeline:read", "metrics:write"] as const;
  const { secret, id } = await createTokenRow(place, { name: "Deploy job", scopes, creatorId: user.id });
  expect((await api("GET", "/v1/pipelines", { token: secret })).status).toBe(200);
  await openTokens(place);
  const trigger = page.getByRole("button", { name: "I found a token…" });
  await trigger.click();
  const dialog = page.getByRole("dialog", { name: "I found a token" });

  await test.step("pastes it into a field that neither shows nor keeps it", async () => {
    const field = dialog.getByLabel("Secret");
    await expect(field).toBeFocused();
    await expect(field).toHaveCSS("-webkit-text-security", "disc");
    await expect(field).toHaveAttribute("autocomplete", "off");
    await expectAccessible(page);
    await field.fill(` ${secret}\n`);
    await page.keyboard.press("Enter");
  });

  await test.step("sees which token it is, and that it works", async () => {
    await expect(dialog.getByRole("alert")).toContainText("It is “Deploy job”, and it works");
    await expect(dialog.getByRole("alert")).toBeFocused();
    for (const fact of [`pxt_…${secret.slice(-4)}`, "Active", "Ada Admin", "just now", ...scopes])
      await expect(dialog.getByRole("definition").filter({ hasText: fact }).first()).toBeVisible();
    await expectNowhere(page, secret);
    await expectAccessible(page);
  });

  await test.step("revokes it; the very next call is refused", async () => {
    await dialog.getByRole("button", { name: "Revoke as compromised" }).click();
    await expect(dialog.getByRole("alert")).toContainText("Revoked as compromised");
    expect((await api("GET", "/v1/pipelines", { token: secret })).status).toBe(401);
    await expect(dialog.getByRole("button", { name: "Revoke as compromised" })).toHaveCount(0);
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
    await expect(trigger).toBeFocused();
    await expect(page.getByRole("row", { name: /Deploy job/ })).toBeHidden();
  });

  const events = await db.auditEvent.findMany({ where: { targetId: id, actorId: user.id }, orderBy: { id: "asc" } });
  expect(events).toMatchObject([
    { action: "token.identified", tenantId: place.tenantId },
    { action: "token.revoked", reason: "compromised" },
  ]);
  expect(inspect(events, { depth: 9 })).not.toContain(secret.slice(4, 30));
});

test("a secret of another tenant is found there; what is malformed, unknown or out of reach is told apart from it", async ({
  page,
  signIn,
  openTokens,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { place, user } = await signIn({ role: "admin" });
  const elsewhere = await createPlace();
  await db.membership.create({ data: { userId: user.id, ...elsewhere, role: "viewer" } });
  const { name } = await db.organization.findUniqueOrThrow({ where: { id: elsewhere.organizationId } });
  const there = await createTokenRow(elsewhere, { name: "Exporter", scopes: ["pipeline:read"] });
  const foreign = await createTokenRow(await createPlace());
  await openTokens(place);
  await page.getByRole("button", { name: "I found a token…" }).click();
  const dialog = page.getByRole("dialog", { name: "I found a token" });
  const field = dialog.getByLabel("Secret");
  const lookUp = async (secret: string) => {
    await field.fill(secret);
    await dialog.getByRole("button", { name: "Look it up" }).click();
  };

  await lookUp(there.secret.slice(0, -1));
  await expect(field).toHaveAccessibleDescription(/This is no whole secret/);
  await expect(field).toHaveValue("");
  for (const secret of [generateSecret("api"), foreign.secret]) {
    await lookUp(secret);
    await expect(dialog.getByRole("alert")).toContainText("No token that you may see has this secret");
    await expect(field).toHaveValue("");
    await expect(field).toBeFocused();
  }
  await expectAccessible(page);

  await lookUp(there.secret);
  await expect(dialog.getByRole("definition").filter({ hasText: `${name} / east` })).toBeVisible();
  const revoke = dialog.getByRole("button", { name: "Revoke as compromised" });
  await expect(revoke).toBeDisabled();
  await expect(revoke).toHaveAccessibleDescription(/Your role there doesn't include token:write/);
  await expect(dialog.getByRole("link", { name: "Open" })).toHaveAttribute("href", new RegExp(elsewhere.tenantId));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);

  await test.step("one's own personal token can be ended here, too", async () => {
    const own = await createTokenRow(place, { kind: "personal", name: "Laptop", creatorId: user.id });
    await dialog.getByRole("button", { name: "Look up another" }).click();
    await lookUp(own.secret);
    await expect(dialog.getByRole("alert")).toContainText("It is “Laptop”, and it works");
    await revoke.click();
    await expect(dialog.getByRole("alert")).toContainText("Revoked as compromised");
    const row = await db.token.findUniqueOrThrow({ where: { id: own.id } });
    expect(row).toMatchObject({ revokedReason: "compromised", revokedById: user.id });
  });
});

test("a token that a scanner reports is dead before anyone looks, and says so to whoever finds its secret", async ({
  page,
  signIn,
  openTokens,
  api,
}) => {
  const { place } = await signIn({ role: "viewer" });
  const { secret } = await createTokenRow(place, { name: "Nightly export", scopes: ["pipeline:read"] });
  const where = "https://github.com/octocat/Hello-World/blob/main/.env";
  const body = JSON.stringify([{ token: secret, type: "praxis_api_token", url: where, source: "content" }]);
  const headers = { "content-type": "application/json", ...signedHeaders(storySigner(), body) };
  const report = () => fetch(url("/identity/leaks"), { method: "POST", headers, body });
  expect(await (await report()).json()).toMatchObject([{ label: "true_positive" }]);
  expect((await api("GET", "/v1/pipelines", { token: secret })).status).toBe(401);
  expect((await report()).status).toBe(409);

  await openTokens(place);
  await page.getByRole("button", { name: "I found a token…" }).click();
  const dialog = page.getByRole("dialog", { name: "I found a token" });
  await dialog.getByLabel("Secret").fill(secret);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("as compromised, by the system");
  await expect(dialog.getByText(`Reported as leaked, found in content at ${where}`)).toBeVisible();
  await expect(dialog.getByRole("button", { name: /Revoke/ })).toHaveCount(0);
});

/** Neither in the page nor in what the browser keeps for it. */
async function expectNowhere(page: Page, secret: string): Promise<void> {
  expect(await page.content()).not.toContain(secret);
  const kept = await page.evaluate(() =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      history.state,
      location.href,
      [...document.querySelectorAll("input")].map((input) => input.value),
    ]),
  );
  expect(kept).not.toContain(secret);
}
