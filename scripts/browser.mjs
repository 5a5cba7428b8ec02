import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./setup.mjs";

/**
 * The path of a Chromium that runs here: an installed one, else one that Playwright or the distribution installs now.
 * @returns {Promise<string | undefined>}
 */
export async function findBrowser() {
  const present = [process.env.CHROMIUM_PATH, ...systemBrowsers(), await playwrightBrowser()].find(runs);
  if (present !== undefined) return present;
  attempt(process.execPath, [join(root, "node_modules/@playwright/test/cli.js"), "install", "chromium"]);
  const downloaded = await playwrightBrowser();
  if (runs(downloaded)) return downloaded;
  if (process.getuid?.() !== 0) return undefined;
  attempt("apt-get", ["update"]);
  attempt("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]);
  return systemBrowsers().find(runs);
}

function systemBrowsers() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  return names.flatMap((name) => (process.env.PATH ?? "").split(":").map((directory) => join(directory, name)));
}

async function playwrightBrowser() {
  const { chromium } = await import("@playwright/test");
  return chromium.executablePath();
}

/** @param {string | undefined} path */
function runs(path) {
  return path !== undefined && path !== "" && spawnSync(path, ["--version"]).status === 0;
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function attempt(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, args, { cwd: root, env, timeout: 300_000, stdio: "ignore" }).status === 0;
}
