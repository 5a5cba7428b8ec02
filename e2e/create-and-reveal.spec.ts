import type { Page } from "@playwright/test";
import { db } from "@/lib/db/client";
import { createTokenRow, type Place } from "@/lib/test/fixtures";
import { watchAnswers } from "./support/canary";
import { expect, expectAccessible, secretIn, test, tokensUrl, url } from "./support/story";

const drawerOf = (page: Page) => page.getByRole("dialog", { name: "Store your secret" });
const tokensOf = (place: Place) => db.token.count({ where: { tenantId: place.tenantId } });

async function createNamed(page: Page, name: string) {
  await page.getByRole("button", { name: "Create token" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create API token" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create token" }).click();
  return secretIn(drawerOf(page));
}

async function storeAndClose(page: Page) {
  await drawerOf(page).getByRole("checkbox", { name: "I have stored this secret" }).check();
  await drawerOf(page).getByRole("button", { name: "Done" }).click();
  await expect(drawerOf(page)).toBeHidden();
}

/** Lets the server do what a form asks for, and loses its answer. */
async function loseNextAnswer(page: Page) {
  let lost = false;
  await page.route("**/identity/settings/**", async (route) => {
    if (lost || route.request().method() !== "POST") return route.fallback();
    lost = true;
    await route.fetch();
    await route.abort("connectionreset");
  });
}

test("a link fills the dialog in and submits nothing; what cannot be granted is said", async ({ page, signIn }) => {
  const { place } = await signIn({ role: "admin" });
  const asked = new URLSearchParams({
    ...{ create: "1", name: "Edge collector, Oslo", description: "From the wiki", expires: "30" },
    scopes: "pipeline:read,metrics:write,rocket:launch,organization:write",
  });
  await page.goto(`${tokensUrl(place)}&${asked}`);
  const dialog = page.getByRole("dialog", { name: "Create API token" });
  await expect(dialog.getByLabel("Name")).toHaveValue("Edge collector, Oslo");
  await expect(dialog.getByLabel("Description")).toHaveValue("From the wiki");
  await expect(dialog.getByText("A link filled this in")).toBeVisible();
  await expect(dialog.getByText(/“rocket:launch”, which is no scope; organization:write, which you/)).toBeVisible();
  await expect(
    dialog.getByText(/^Can read pipelines and write metrics in .* \/ east, until \d+ \w+ \d{4}\.$/),
  ).toBeVisible();
  await expectAccessible(page);
  expect(await tokensOf(place)).toBe(0);

  await test.step("the name is checked while it is typed", async () => {
    await dialog.getByLabel("Name").fill("");
    await expect(dialog.getByText("Give the token a name")).toBeVisible();
    await dialog.getByLabel("Name").fill("Edge collector, Oslo");
    await expect(dialog.getByText("Give the token a name")).toBeHidden();
  });

  await test.step("once closed, the address no longer asks for anything, and going back does not either", async () => {
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(dialog).toBeHidden();
    await expect(page).not.toHaveURL(/create=|scopes=|name=Edge/);
  });

  await test.step("and once the token is created", async () => {
    await page.goto(`${tokensUrl(place)}&${asked}`);
    await dialog.getByRole("button", { name: "Create token" }).click();
    await secretIn(drawerOf(page));
    await storeAndClose(page);
    await expect(page).not.toHaveURL(/create=/);
    await expect(dialog).toBeHidden();
    const { scopes } = await db.token.findFirstOrThrow({ where: { tenantId: place.tenantId } });
    expect(scopes).toEqual(["pipeline:read", "metrics:write"]);
  });
});

test("a link tells those who may not create tokens why nothing opens", async ({ page, signIn }) => {
  const { place } = await signIn({ role: "viewer" });
  await page.goto(`${tokensUrl(place)}&create=1&name=CI`);
  await expect(page.getByText("This link is for creating a token, which you can't do here")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page).not.toHaveURL(/create=/);
});

test("when the answer is lost, trying again shows the secret of the one token", async ({
  page,
  signIn,
  openTokens,
  api,
}) => {
  const { place } = await signIn({ role: "admin" });
  await openTokens(place);
  await loseNextAnswer(page);
  await page.getByRole("button", { name: "Create token" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create API token" });
  await dialog.getByLabel("Name").fill("Deploy job");
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(dialog.getByText(/Try again: you will get the same token, not a second one/)).toBeVisible();
  expect(await tokensOf(place)).toBe(1);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Create token" }).click();
  const secret = await secretIn(drawerOf(page));
  expect((await api("GET", "/v1/pipelines", { token: secret })).status).toBe(200);
  expect(await tokensOf(place)).toBe(1);
  await storeAndClose(page);

  await test.step("a rotation likewise", async () => {
    await page.unroute("**/identity/settings/**");
    await loseNextAnswer(page);
    await page.getByRole("button", { name: "Actions for Deploy job" }).click();
    await page.getByRole("menuitem", { name: "Rotate…" }).click();
    const rotation = page.getByRole("dialog", { name: /Rotate/ });
    await rotation.getByRole("button", { name: "Rotate token" }).click();
    await expect(rotation.getByText(/Try again: you will get the same successor/)).toBeVisible();
    await rotation.getByRole("button", { name: "Rotate token" }).click();
    const next = await secretIn(drawerOf(page));
    expect((await api("GET", "/v1/pipelines", { token: next })).status).toBe(200);
    expect(await tokensOf(place)).toBe(2);
  });
});

test("the secret is guarded until it is stored, turns green with the first call, and then is nowhere", async ({
  page,
  signIn,
  openTokens,
  api,
}) => {
  const { place } = await signIn({ role: "admin" });
  await createTokenRow(place, { name: "Other", scopes: ["pipeline:read"] });
  await page.goto(url("/identity/profile"));
  await openTokens(place);
  const address = page.url();
  const answers = watchAnswers(page);
  const secret = await createNamed(page, "Deploy job");
  const drawer = drawerOf(page);
  const asks = drawer.getByText("Leave without storing it?");
  const keep = drawer.getByRole("button", { name: "Keep it open" });

  for (const [how, attempt] of [
    ["Escape", () => page.keyboard.press("Escape")],
    ["a click beside it", () => page.mouse.click(20, 400)],
    ["a link in the page", () => page.evaluate(() => document.querySelector<HTMLElement>("nav a[href]")?.click())],
    ["the back button", () => page.evaluate(() => window.history.back())],
    ["the back button, again", () => page.evaluate(() => window.history.back())],
  ] as const)
    await test.step(`${how} asks first`, async () => {
      await attempt();
      await expect(asks).toBeVisible();
      await expect(keep).toBeFocused();
      await expect(drawer.getByText(secret, { exact: true })).toBeVisible();
      expect(page.url()).toBe(address);
      await keep.click();
      await expect(asks).toBeHidden();
    });

  await test.step("closing the tab asks first", async () => {
    const asked = page.waitForEvent("dialog");
    await Promise.all([asked.then((dialog) => dialog.dismiss()), page.close({ runBeforeUnload: true })]);
    expect((await asked).type()).toBe("beforeunload");
    await expect(drawer.getByText(secret, { exact: true })).toBeVisible();
  });

  await test.step("it is copied on plain HTTP too, and downloaded as .env", async () => {
    await page.evaluate(() => Object.defineProperty(window, "isSecureContext", { value: false }));
    await drawer.getByRole("button", { name: "Copy secret" }).click();
    await expect(drawer.getByText("Copied").first()).toBeAttached();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      drawer.getByRole("button", { name: "Download .env" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("deploy-job.env");
    const stream = await download.createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    expect(Buffer.concat(chunks).toString()).toBe(`PRAXIS_URL=${url("")}\nPRAXIS_TOKEN=${secret}\n`);
  });

  await test.step("each place has its lines, with the real address", async () => {
    for (const place of [".env", "GitHub Actions", "GitLab", "Kubernetes", "curl"]) {
      await drawer.getByRole("tab", { name: place }).click();
      await expect(drawer.getByRole("tabpanel", { name: place, exact: true })).toContainText(url(""));
    }
    await expectAccessible(page);
  });

  await test.step("the first call shows by itself", async () => {
    await expect(drawer.getByText("Waiting for first use…")).toBeVisible();
    expect((await api("GET", "/v1/pipelines", { token: secret })).status).toBe(200);
    await expect(drawer.getByRole("status").filter({ hasText: "In use" })).toContainText(
      /First call at \d{4}-\d\d-\d\d [\d:]+ UTC, latest from 127\.0\.0\.1/,
    );
    await expectAccessible(page);
  });

  await test.step("stored and closed, it is nowhere, and back leads to where the user came from", async () => {
    await storeAndClose(page);
    await expect(page.getByRole("row", { name: /Deploy job/ })).toContainText(secret.slice(-4));
    expect(page.url()).toBe(address);
    expect(await page.content()).not.toContain(secret);
    const kept = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]);
    expect(await page.evaluate(kept)).not.toContain(secret);
    await page.goBack();
    await expect(page).toHaveURL(/\/identity\/profile/);
    await page.goForward();
    await expect(page.getByRole("heading", { name: "API tokens", exact: true })).toBeVisible();
    expect(await page.content()).not.toContain(secret);
    // One answer brought it, and no page, payload or header after that.
    expect(await answers.holding(secret)).toEqual([expect.stringMatching(/^POST text\/x-component/)]);
  });
});

test("a page from the back/forward cache no longer has the secret; on a phone it is all in reach", async ({
  page,
  signIn,
  openTokens,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { place } = await signIn({ role: "admin" });
  await openTokens(place);
  const secret = await createNamed(page, "Deploy job");
  await expectAccessible(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);

  await test.step("going back closes what is stored, and stays", async () => {
    const address = page.url();
    await drawerOf(page).getByRole("checkbox", { name: "I have stored this secret" }).check();
    await page.evaluate(() => window.history.back());
    await expect(drawerOf(page)).toBeHidden();
    expect(page.url()).toBe(address);
  });

  const second = await createNamed(page, "Second");
  await page.evaluate(() => {
    window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  });
  await expect(drawerOf(page)).toBeHidden();
  for (const gone of [secret, second]) expect(await page.content()).not.toContain(gone);
});
