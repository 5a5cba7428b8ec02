import { createPrivateKey } from "node:crypto";
import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { Agent, setGlobalDispatcher } from "undici";
import type { RoleId } from "@/lib/access/roles";
import { hashPassword } from "@/lib/passwords";
import { createMember, createPlace, type Place } from "@/lib/test/fixtures";

/** What stories are told with. */

// fetch counts the seconds a connection is idle in ticks of its event loop, and loses count while files are compiled: it
// would call on connections that the service has closed since.
setGlobalDispatcher(new Agent({ keepAliveMaxTimeout: 1000 }));

/** What every person in a story signs in with. */
export const password = "correct horse battery staple";
let passwordHash: Promise<string> | undefined;

export interface Person {
  place: Place;
  user: { id: string; name: string; email: string };
  password: string;
}

interface Story {
  /** A new person with this role, in a place of their own unless one is named; not yet signed in. */
  person(options: { role: RoleId; place?: Place; name?: string }): Promise<Person>;
  /** A new person with this role, signed in as browsers are. */
  signIn(options: { role: RoleId; place?: Place; name?: string }): Promise<Person>;
  /** Opens the API tokens of a place. */
  openTokens(place: Place): Promise<void>;
  /** Calls the API as a program would: no cookies, a bearer token. */
  api(
    method: string,
    path: string,
    options: { token: string; body?: unknown },
  ): Promise<{ status: number; body: unknown }>;
}

export const test = base.extend<Story>({
  page: async ({ page }, use) => {
    const goto = page.goto.bind(page);
    const reload = page.reload.bind(page);
    const goBack = page.goBack.bind(page);
    page.goto = async (...args) => afterHydration(page, await goto(...args));
    page.reload = async (...args) => afterHydration(page, await reload(...args));
    page.goBack = async (...args) => afterHydration(page, await goBack(...args));
    await use(page);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  person: async ({}, use) => {
    await use(async ({ role, place, name }) => {
      passwordHash ??= hashPassword(password);
      const where = place ?? (await createPlace());
      const user = await createMember(where, role, { passwordHash: await passwordHash, ...(name ? { name } : {}) });
      return { place: where, user, password };
    });
  },
  signIn: async ({ page, person }, use) => {
    await use(async (options) => {
      const who = await person(options);
      const { csrfToken } = await (await page.request.get(url("/api/auth/csrf"))).json();
      const answer = await page.request.post(url("/api/auth/callback/credentials"), {
        form: { csrfToken, email: who.user.email, password, json: "true" },
      });
      expect(answer.status()).toBe(200);
      return who;
    });
  },
  openTokens: async ({ page }, use) => {
    await use(async (place) => {
      await page.goto(tokensUrl(place));
      await expect(page.getByRole("heading", { name: "API tokens", exact: true })).toBeVisible();
    });
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  api: async ({}, use) => {
    await use(async (method, path, { token, body }) => {
      const response = await fetch(url(path), {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body ? { "content-type": "application/json" } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: response.status, body: await response.json() };
    });
  },
});

export { expect };

/**
 * Waits until React has taken over the page's buttons. A full load shows them earlier, and a click in between does
 * nothing; `goto` and `reload` wait by themselves, what follows a link or a sign-in must ask.
 */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.readyState === "complete" &&
      [...document.querySelectorAll("button")].every((button) =>
        Object.keys(button).some((key) => key.startsWith("__reactProps$")),
      ),
  );
}

/** Signs in with the form that the page shows, and waits for the page it leads to. */
export async function signInWithForm(page: Page, { email, password }: { email: string; password: string }) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((address) => address.pathname !== "/sign-in");
  await hydrated(page);
}

async function afterHydration<T>(page: Page, response: T): Promise<T> {
  await hydrated(page);
  return response;
}

/** The address of a path of the service. */
export function url(path: string): string {
  return (process.env.PRAXIS_URL ?? "") + path;
}

/** The deep link of a place's API tokens. */
export function tokensUrl(place: Place): string {
  const query = new URLSearchParams({ tenant: place.tenantId, orgId: place.organizationId, tab: "api-tokens" });
  return url(`/identity/settings/tenant?${query}`);
}

/** The session cookie of a person who signs in as scripts do. */
export async function sessionCookieOf({ user, password }: Person): Promise<string> {
  const csrf = await fetch(url("/api/auth/csrf"));
  const { csrfToken } = await csrf.json();
  const response = await fetch(url("/api/auth/callback/credentials"), {
    method: "POST",
    headers: { cookie: cookiesOf(csrf) },
    body: new URLSearchParams({ csrfToken, email: user.email, password, json: "true" }),
  });
  expect(response.status).toBe(200);
  return cookiesOf(response);
}

/** Who signs reports of leaks that the service accepts. */
export function storySigner() {
  return { keyIdentifier: "stories", privateKey: createPrivateKey(process.env.PRAXIS_SIGNING_KEY ?? "") };
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .flatMap((cookie) => cookie.split(";")[0] ?? [])
    .filter((cookie) => !cookie.endsWith("="))
    .join("; ");
}

/** The secret a drawer shows. */
export async function secretIn(drawer: Locator): Promise<string> {
  return (await drawer.getByText(/^pxt_[0-9A-Za-z]{38}$/).textContent()) ?? "";
}

/** Fails on any accessibility violation of the page as it is now, in both themes. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map(({ html }) => html).join(" ")}`),
    ).toEqual([]);
  }
}
