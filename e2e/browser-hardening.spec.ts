import type { Page } from "@playwright/test";
import { createTokenRow } from "@/lib/test/fixtures";
import { expect, expectAccessible, test, tokensUrl, url } from "./support/story";

test("no page breaks its own Content-Security-Policy, whatever is opened on it", async ({
  page,
  signIn,
  openTokens,
}) => {
  const violations = await watchViolations(page);
  await page.goto(url("/sign-in"));
  await page.goto(url("/docs"));
  const { place, user } = await signIn({ role: "owner" });
  await createTokenRow(place, { name: "exporter", scopes: ["pipeline:read"], creatorId: user.id });
  await openTokens(place);
  await page.getByRole("button", { name: "Actions for exporter" }).click();
  await expect(page.getByRole("menuitem", { name: "View details" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Create token" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("hardened");
  await page.getByRole("dialog").getByRole("button", { name: "Create token" }).click();
  await expect(page.getByRole("dialog", { name: "Store your secret" })).toBeVisible();
  await expectAccessible(page);
  await page.goto(tokensUrl(place).replace("tab=api-tokens", "tab=audit"));
  await page.goto(url(`/identity/settings/organization?orgId=${place.organizationId}&tab=members`));
  await page.goto(url("/identity/profile"));
  expect(await violations()).toEqual([]);
});

test("a script that the service did not write does not run", async ({ page }) => {
  const violations = await watchViolations(page);
  await page.goto(url("/sign-in"));
  await page.evaluate(() => {
    const inline = document.createElement("div");
    inline.innerHTML = `<img src="x" onerror="document.title = 'taken over'">`;
    document.body.append(inline);
  });
  await expect.poll(violations).toEqual([expect.stringContaining("script-src-attr")]);
  expect(await page.title()).not.toBe("taken over");
});

test("each answer gives each page a nonce of its own, and takes none from the client", async ({ request }) => {
  const nonces = new Set<string | undefined>();
  for (let round = 0; round < 3; round++) {
    const answer = await request.get(url("/sign-in"), {
      headers: { "content-security-policy": "script-src 'nonce-chosen'", "x-nonce": "chosen" },
    });
    const policy = answer.headers()["content-security-policy"] ?? "";
    const [, nonce] = policy.match(/'nonce-([^']+)'/) ?? [];
    const html = await answer.text();
    expect(html).not.toContain("chosen");
    expect(html.match(/<script(?![^>]*nonce=)[^>]*>/g) ?? []).toEqual([]);
    expect(html).toContain(`nonce="${nonce}"`);
    expect(policy).not.toMatch(/script-src[^;]*(unsafe-inline|unsafe-eval|https?:|\*)/);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
});

test("pages and API say how browsers are to treat them, and nothing private is kept", async ({ page, signIn }) => {
  const { place } = await signIn({ role: "owner" });
  const common = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": expect.stringMatching(/^(same-origin|strict-origin-when-cross-origin)$/),
  };
  for (const path of [
    tokensUrl(place),
    url("/identity/profile"),
    url("/identity/organizations"),
    url("/identity/tokens"),
    url("/no-such-page"),
    url("/identity/no-such-path"),
  ]) {
    const answer = await page.request.get(path);
    expect(answer.headers(), path).toMatchObject({ ...common, "cache-control": expect.stringContaining("no-store") });
    expect(answer.headers()["content-security-policy"], path).toContain("frame-ancestors 'none'");
  }
});

/** Notes what the browser reports of this page and its later ones. */
async function watchViolations(page: Page): Promise<() => Promise<string[]>> {
  const found: string[] = [];
  await page.exposeFunction("noteViolation", (text: string) => found.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) => {
      const note: unknown = Reflect.get(window, "noteViolation");
      if (typeof note === "function") note(`${effectiveDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  return async () => found;
}
