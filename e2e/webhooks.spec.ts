import type { RequestListener } from "node:http";
import type { Page } from "@playwright/test";
import { db } from "@/lib/db/client";
import { createTokenRow, type Place } from "@/lib/test/fixtures";
import { startReceiver, verified } from "@/lib/test/receiver";
import { createDeliveryRow, createWebhookRow } from "@/lib/test/webhooks";
import { expect, expectAccessible, test, url } from "./support/story";

const stops: (() => Promise<void>)[] = [];
test.afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function receiver(answer?: RequestListener) {
  const started = await startReceiver(answer);
  stops.push(started.stop);
  return started;
}

function webhooksUrl(place: Place): string {
  const query = new URLSearchParams({ tenant: place.tenantId, orgId: place.organizationId, tab: "webhooks" });
  return url(`/identity/settings/tenant?${query}`);
}

/** Creates a webhook with the dialog, and returns the secret that was shown. */
async function create(page: Page, address: string): Promise<string> {
  await page.getByRole("button", { name: "Create webhook" }).click();
  const dialog = page.getByRole("dialog", { name: "Create webhook" });
  await dialog.getByLabel("Address").fill(address);
  await dialog.getByRole("button", { name: "Create webhook" }).click();
  return storedSecret(page);
}

async function storedSecret(page: Page): Promise<string> {
  const drawer = page.getByRole("dialog", { name: "Store the signing secret" });
  const secret = (await drawer.getByText(/^whsec_/).textContent()) ?? "";
  await drawer.getByRole("checkbox", { name: "I have stored this secret" }).check();
  await drawer.getByRole("button", { name: "Done" }).click();
  await expect(drawer).toBeHidden();
  return secret;
}

test("an admin adds a webhook, stores its secret, and sees a test and a rotation arrive, signed", async ({
  page,
  signIn,
}) => {
  const { place } = await signIn({ role: "admin" });
  const { url: address, messages } = await receiver();
  await page.goto(webhooksUrl(place));
  await expect(page.getByText("No webhooks yet")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Create webhook" }).click();
  const dialog = page.getByRole("dialog", { name: "Create webhook" });
  await dialog.getByRole("checkbox", { name: "Expired" }).uncheck();
  await dialog.getByRole("button", { name: "Create webhook" }).click();
  await expect(dialog.getByText(/Use an address such as/)).toBeVisible();
  await expect(dialog.getByLabel("Address")).toBeFocused();
  await expectAccessible(page);
  await dialog.getByLabel("Address").fill(address);
  await dialog.getByLabel("Description").fill("Opens tickets");
  await dialog.getByRole("button", { name: "Create webhook" }).click();
  const drawer = page.getByRole("dialog", { name: "Store the signing secret" });
  await expect(drawer.getByText(/^whsec_/)).toBeVisible();
  await expectAccessible(page);
  const secret = await storedSecret(page);
  const row = page.getByRole("row", { name: /Opens tickets/ });
  await expect(row).toContainText("None yet");
  await page.reload();
  expect(await page.content()).not.toContain(secret);

  await page.getByRole("button", { name: /^Actions for 127/ }).click();
  await page.getByRole("menuitem", { name: "Send test" }).click();
  await expect(page.getByRole("heading", { name: address })).toBeVisible();
  await expect(page.getByRole("row", { name: /Test.*Delivered.*204/ })).toBeVisible();
  expect(verified(messages[0], secret)).toMatchObject({ type: "webhook.test", data: place });
  await expectAccessible(page);

  const token = await createTokenRow(place, { name: "CI" });
  await page.goto(`${webhooksUrl(place).replace("tab=webhooks", "tab=api-tokens")}`);
  await page.getByRole("button", { name: /^Actions for CI/ }).click();
  await page.getByRole("menuitem", { name: /^Rotate/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Rotate token" }).click();
  await expect.poll(() => messages.length).toBe(2);
  expect(verified(messages[1], secret)).toMatchObject({
    type: "token.rotated",
    data: { token: { id: token.id, name: "CI", hint: token.hint } },
  });
});

test("what could not be delivered says why, and is sent again", async ({ page, signIn }) => {
  const { place } = await signIn({ role: "owner" });
  let status = 503;
  const { url: address, messages } = await receiver((_, response) => response.writeHead(status).end());
  await page.goto(webhooksUrl(place));
  const secret = await create(page, address);
  await page.getByRole("link", { name: address.replace("http://", "") }).click();
  await expect(page.getByText("Nothing was sent yet")).toBeVisible();
  await page.getByRole("button", { name: "Send test" }).click();
  const row = page.getByRole("row", { name: /Test/ });
  await expect(row).toContainText("Retrying");
  await expect(row).toContainText("The receiver answered 503");

  await row.getByRole("button", { name: /^Details/ }).click();
  const dialog = page.getByRole("dialog", { name: "Delivery: Test" });
  await expect(dialog.getByText('"type": "webhook.test"')).toBeVisible();
  await expectAccessible(page);
  status = 200;
  await dialog.getByRole("button", { name: "Send again" }).click();
  await expect(dialog.getByText("Delivered")).toBeVisible();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(row).toContainText("Delivered");
  verified(messages.at(-1), secret);

  await page.getByRole("combobox", { name: "State" }).click();
  await page.getByRole("option", { name: "Failed" }).click();
  await expect(page.getByText("No deliveries in this state")).toBeVisible();
  await page.goBack();
  await expect(row).toBeVisible();
});

test("a webhook is edited, its secret rotated, turned off and on, and deleted", async ({ page, signIn }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { place } = await signIn({ role: "admin" });
  const { url: address, messages } = await receiver();
  await page.goto(webhooksUrl(place));
  const old = await create(page, address);
  const choose = async (item: string) => {
    await page.getByRole("button", { name: /^Actions for 127/ }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await choose("Edit…");
  const edit = page.getByRole("dialog", { name: "Edit webhook" });
  for (const event of ["Expired", "Idle", "Rotated"]) await edit.getByRole("checkbox", { name: event }).uncheck();
  await edit.getByRole("button", { name: "Save changes" }).click();
  await expect(edit).toBeHidden();
  const row = page.getByRole("row", { name: /127/ });
  await expect(row).toContainText("Expiring");
  await expect(row).not.toContainText("Rotated");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);

  await choose("Rotate secret…");
  await page.getByRole("dialog").getByRole("button", { name: "Rotate secret" }).click();
  const fresh = await storedSecret(page);
  await choose("Send test");
  await expect(page.getByText("Two secrets sign its messages")).toBeVisible();
  await expect(page.getByRole("row", { name: /Test.*Delivered/ })).toBeVisible();
  verified(messages[0], old);
  verified(messages[0], fresh);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);

  await choose("Turn off…");
  await page.getByRole("alertdialog").getByRole("button", { name: "Turn off" }).click();
  await expect(page.getByRole("button", { name: "Send test" })).toBeDisabled();
  await choose("Turn on");
  await expect(page.getByRole("button", { name: "Send test" })).toBeEnabled();
  await choose("Delete…");
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete webhook" }).click();
  await expect(page.getByText("No webhooks yet")).toBeVisible();
  expect(await db.webhook.count({ where: { tenantId: place.tenantId } })).toBe(0);
});

test("a viewer sees webhooks and changes none; an address that leads to none says so", async ({ page, signIn }) => {
  const { place } = await signIn({ role: "viewer" });
  await createWebhookRow(place, { events: ["token.leaked"] });
  const { webhookId } = await createDeliveryRow(place);
  await page.goto(webhooksUrl(place));
  await expect(page.getByRole("button", { name: "Create webhook" })).toBeDisabled();
  await page
    .getByRole("button", { name: /^Actions for hooks/ })
    .first()
    .click();
  for (const name of ["Send test", "Edit…", "Rotate secret…", "Turn off…", "Delete…"])
    await expect(page.getByRole("menuitem", { name })).toBeDisabled();
  await page.keyboard.press("Escape");
  await page.goto(`${webhooksUrl(place)}&webhook=${webhookId}`);
  await expect(page.getByRole("row", { name: /Test.*Failed.*It failed/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Send test" })).toBeDisabled();
  await page.goto(`${webhooksUrl(place)}&webhook=nonsense`);
  await expect(page.getByRole("heading", { name: "Webhook not found" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "See all webhooks" }).click();
  await expect(page.getByRole("heading", { name: "Webhooks", exact: true })).toBeVisible();
});
