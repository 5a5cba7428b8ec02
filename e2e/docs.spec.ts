import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { permissionSet } from "@/lib/access/permission-sets";
import { createTokenRow } from "@/lib/test/fixtures";
import { expect, expectAccessible, test, url } from "./support/story";

// The reference is long, and axe reads all of it.
test.describe.configure({ timeout: 180_000 });

const run = promisify(execFile);

for (const [path, heading] of [
  ["/docs", "Using API tokens"],
  ["/docs/reference", "API reference"],
] as const) {
  test(`${path} is open to everyone, accessible in both themes, and asks no other host for anything`, async ({
    page,
  }) => {
    const hosts = new Set<string>();
    page.on("request", (request) => hosts.add(new URL(request.url()).host));
    await page.goto(url(path));
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await expectAccessible(page);
    expect([...hosts]).toEqual([new URL(url("/")).host]);
  });

  test(`${path} fits a phone: nothing but code and tables scrolls sideways`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(url(path));
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
  });

  test(`every link of ${path} within the documentation leads to a heading or a row that exists`, async ({ page }) => {
    await page.goto(url(path));
    const links = await page
      .locator("a[href*='#'], a[href^='/docs']")
      .evaluateAll((anchors) => anchors.flatMap((anchor) => (anchor instanceof HTMLAnchorElement ? anchor.href : [])));
    expect(links.length).toBeGreaterThan(20);
    const anchors = new Map<string, Set<string>>();
    for (const link of new Set(links)) {
      const { pathname, hash } = new URL(link);
      const known = anchors.get(pathname) ?? (await idsOf(page, pathname));
      anchors.set(pathname, known);
      if (hash !== "") expect(known, link).toContain(hash.slice(1));
    }
  });
}

test("the guide's table of contents is the guide's headings", async ({ page }) => {
  await page.goto(url("/docs"));
  const listed = await page.getByRole("navigation", { name: "On this page" }).getByRole("link").allTextContents();
  const headings = page.getByRole("main").locator("h2, h3");
  expect((await headings.allTextContents()).map((text) => text.replace(/#$/, ""))).toEqual(listed);
});

test("someone who has read only the guide succeeds at the first try: every example on it works as it stands", async ({
  page,
  person,
}) => {
  const admin = await person({ role: "admin" });
  const token = await createTokenRow(admin.place, {
    scopes: permissionSet("data-access").scopes,
    creatorId: admin.user.id,
  });
  const retired = await createTokenRow(admin.place, { creatorId: admin.user.id });
  /** What the reader fills in; `$ANSWER` is for the id in the answer before. */
  const reader = new Map([
    ["PRAXIS_TOKEN", token.secret],
    ["PRAXIS_ORG", admin.place.organizationId],
    ["PRAXIS_TENANT", admin.place.tenantId],
    ["DATASET", "$ANSWER"],
    ["PRAXIS_EMAIL", admin.user.email],
    ["PRAXIS_PASSWORD", admin.password],
    ["OLD_TOKEN_ID", retired.id],
  ]);
  await page.goto(url("/docs"));
  const examples = await page.locator("[data-example]").evaluateAll((blocks) =>
    blocks.map((block) => ({
      code: block.querySelector("pre")?.textContent ?? "",
      answers: block.getAttribute("data-example") ?? "",
    })),
  );
  const commands = await page.getByRole("region", { name: /^curl/ }).count();
  expect(examples.filter(({ code }) => code.includes("curl ")).length).toBeGreaterThanOrEqual(commands);

  const directory = await mkdtemp(join(tmpdir(), "praxis-guide-"));
  const settings: Record<string, string> = {};
  let lastAnswer = "";
  for (const { code, answers } of examples) {
    if (!code.includes("curl ")) {
      for (const [, name = "", value = ""] of code.matchAll(/^export (\w+)=(\S*)/gm))
        settings[name] = value.includes("…") ? filledIn(name, reader.get(name), lastAnswer) : value;
      continue;
    }
    await test.step(code.split("\n")[0] ?? code, async () => {
      const result = await sh(code, settings, directory);
      expect(result, code).toMatchObject({ statuses: answers });
      lastAnswer = result.output;
    });
  }
  await rm(directory, { recursive: true });
  expect(settings.PRAXIS_URL).toBe(url(""));

  const used = await page.request.get(url("/identity/tokens/self"), {
    headers: { authorization: `Bearer ${retired.secret}` },
  });
  expect(used.status(), "the guide's last command revoked it").toBe(401);
});

test("the reference finds operations by words and shows how to call each", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(url("/docs/reference"));
  const operations = page.getByRole("navigation", { name: "Operations" });
  await operations.getByRole("searchbox").fill("alerts:write resolve");
  await expect(operations.getByRole("listitem")).toHaveCount(1);
  await operations.getByRole("link", { name: "Resolve an alert" }).click();
  await expect(page).toHaveURL(/#postV1AlertsByIdResolve$/);
  const section = page.getByRole("region", { name: /^Resolve an alert/ }).first();
  await expect(section.getByText("alerts:write", { exact: true })).toBeVisible();
  await section.getByRole("button", { name: "Copy curl command: Resolve an alert" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
    'curl -X POST "$PRAXIS_URL/v1/alerts/$ID/resolve"',
  );
  await operations.getByRole("searchbox").fill("no such thing");
  await expect(operations.getByText("No operation has all of these words.")).toBeVisible();
});

test("the docs are one click from the API tokens, and lead back to the app", async ({ page, signIn, openTokens }) => {
  const { place } = await signIn({ role: "admin" });
  await openTokens(place);
  await page.getByRole("main").getByRole("link", { name: "Docs" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Using API tokens" })).toBeVisible();
  await page.getByRole("link", { name: "API reference", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "API reference" })).toBeVisible();
  await page.getByRole("link", { name: "Open the app" }).click();
  await expect(page.getByRole("heading", { name: "API tokens", exact: true })).toBeVisible();
});

async function idsOf(page: Page, path: string): Promise<Set<string>> {
  const html = await (await page.request.get(url(path))).text();
  return new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id));
}

function filledIn(name: string, value: string | undefined, lastAnswer: string): string {
  if (value === undefined) throw new Error(`The guide asks for ${name}, which its reader does not have`);
  return value === "$ANSWER" ? JSON.parse(lastAnswer).id : value;
}

/** Runs shell commands as a reader would, and says which statuses the calls of curl were answered with. */
async function sh(code: string, settings: Record<string, string>, cwd: string) {
  const script = `curl() { command curl --silent --show-error --write-out '%{stderr}status %{http_code}\\n' "$@"; }\n${code}`;
  const env = { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, ...settings };
  const { stdout, stderr } = await run("bash", ["-euo", "pipefail", "-c", script], { cwd, env });
  return { statuses: [...stderr.matchAll(/^status (\d+)$/gm)].map(([, status]) => status).join(" "), output: stdout };
}
