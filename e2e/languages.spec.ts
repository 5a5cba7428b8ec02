import type { Page } from "@playwright/test";
import { createTokenRow, type Place } from "@/lib/test/fixtures";
import german from "@/lib/text/de.json" with { type: "json" };
import { expect, expectAccessible, hydrated, test, tokensUrl, url } from "./support/story";

test("whoever chooses German gets every page in German, and the choice stays", async ({ page, signIn, openTokens }) => {
  const { place, user } = await signIn({ role: "owner" });
  const token = await createTokenRow(place, { name: "exporter", scopes: ["pipeline:read"], creatorId: user.id });
  await openTokens(place);
  await page.getByRole("button", { name: /^Account:/ }).click();
  await page.getByRole("menuitem", { name: "Language" }).press("Enter");
  await page.getByRole("menuitemradio", { name: "Deutsch" }).click();
  await expect(page.getByRole("heading", { name: "API-Tokens", exact: true })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByRole("cell", { name: "Nie", exact: true }).first()).toBeVisible();

  await page.reload();
  expect(await englishOn(page)).toEqual([]);
  await page.getByRole("button", { name: "Token erstellen" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.getByRole("dialog").getByText("Eigene Auswahl", { exact: true }).click();
  expect(await englishOn(page)).toEqual([]);
  await expectAccessible(page);
  for (const address of pagesOf(place, token.id)) {
    await page.goto(address);
    expect(await englishOn(page), address).toEqual([]);
  }
});

test.describe("a browser that asks for German", () => {
  test.use({ locale: "de-AT" });

  test("gets it before anyone signed in, and English for whom that suits better", async ({ page }) => {
    await page.goto(url("/sign-in"));
    await expect(page.getByRole("button", { name: "Anmelden" })).toBeVisible();
    expect(await englishOn(page)).toEqual([]);
    await page.getByRole("button", { name: "Deutsch" }).click();
    await page.getByRole("menuitemradio", { name: "English" }).click();
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
    await hydrated(page);
    await expectAccessible(page);
  });
});

function pagesOf(place: Place, tokenId: string): string[] {
  const tenant = (tab: string) => tokensUrl(place).replace("tab=api-tokens", `tab=${tab}`);
  const organization = (tab: string) => url(`/identity/settings/organization?orgId=${place.organizationId}&tab=${tab}`);
  return [
    ...["general", "policy", "webhooks", "audit"].map(tenant),
    ...["members", "tenants", "tokens", "plan", "audit", "general"].map(organization),
    tokensUrl(place).replace("/tenant?", `/tenant/tokens/${tokenId}?`),
    ...["password", "personal-tokens", "sessions"].map((tab) => url(`/identity/profile?tab=${tab}`)),
  ];
}

/** Whole English messages that stand on the page though there is German for them. */
async function englishOn(page: Page): Promise<string[]> {
  const translated = Object.entries<string>(german).flatMap(([english, other]) => (english === other ? [] : english));
  const same = new Set(Object.values<string>(german));
  const shown = await page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent && !parent.closest("script, style, code")) texts.push(walker.currentNode.nodeValue?.trim() ?? "");
    }
    const attributes = ["aria-label", "placeholder", "title", "alt"];
    for (const element of document.querySelectorAll(attributes.map((name) => `[${name}]`).join()))
      texts.push(...attributes.map((name) => element.getAttribute(name) ?? ""));
    return texts;
  });
  const english = new Set(translated.filter((message) => !same.has(message)));
  return [...new Set(shown)].filter((text) => english.has(text));
}
