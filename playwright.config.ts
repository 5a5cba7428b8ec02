import { defineConfig, devices } from "@playwright/test";

const executablePath = process.env.CHROMIUM_PATH;
const isStories = !process.env.PAGE_BENCH && !process.env.SCREENSHOTS;
/** Looks, after all stories, for what none of them may have left. */
const last = "canary.spec.ts";

export default defineConfig({
  // `npm run screenshots` makes the README's pictures, `npm run bench:page` measures; stories are everything else.
  testDir: process.env.PAGE_BENCH ? "bench/page" : process.env.SCREENSHOTS ? "e2e/screenshots" : "e2e",
  fullyParallel: true,
  snapshotPathTemplate: "e2e/appearance/{arg}{ext}",
  updateSnapshots: process.env.UPDATE_APPEARANCE ? "all" : "none",
  // A story checks many states with axe, and the machines are shared.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  globalSetup: "./e2e/support/service.ts",
  reporter: "list",
  use: {
    trace: "retain-on-failure",
    locale: "en-GB",
    timezoneId: "UTC",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        // Chromium's own sandbox cannot run as root, as in most CI containers.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    {
      name: "desktop",
      use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } },
      // `npm run fuzz` is about bad input only.
      ...(process.env.FUZZ_CASES && { testMatch: "bad-input.spec.ts" }),
      testIgnore: isStories ? ["**/screenshots/**", "**/faults/**", last] : [],
      ...(isStories && { teardown: "canary" }),
    },
    ...(isStories ? [{ name: "canary", testMatch: last }] : []),
  ],
});
