import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./setup.mjs";
import { note } from "./steps.mjs";

const unpacked = join(root, ".setup", "packages");
const programs = {
  nginx: { variable: "NGINX_PATH", distributionPackage: "nginx", versionArgument: "-v" },
  caddy: { variable: "CADDY_PATH", distributionPackage: "caddy", versionArgument: "version" },
  "redis-server": {
    variable: "REDIS_SERVER_PATH",
    distributionPackage: "redis-server",
    versionArgument: "--version",
  },
};

/**
 * Programs that the tests drive, as the environment variables that name them: installed ones, else the
 * distribution's packages. Says so loudly when one is not to be had, since its tests are then skipped.
 * @param {(keyof typeof programs)[]} names
 * @returns {Record<string, string>}
 */
export function findPrograms(names) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const name of names) {
    const { variable, distributionPackage, versionArgument } = programs[name];
    const present = () => [process.env[variable], ...places(name)].find((path) => runs(path, versionArgument));
    const path = present() ?? (unpack(distributionPackage) && present()) ?? (install(distributionPackage) && present());
    if (path) found[variable] = path;
    else note(`NO ${name.toUpperCase()} could be found or installed: THE TESTS WITH IT ARE SKIPPED`);
  }
  return found;
}

/** @param {string} name */
function places(name) {
  const directories = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/usr/local/sbin"];
  return [...directories, join(unpacked, "usr/sbin"), join(unpacked, "usr/bin")].map((place) => join(place, name));
}

/**
 * Fetches a distribution package and unpacks it beside the checkout: nothing is installed, and no service started.
 * @param {string} name
 */
function unpack(name) {
  const scratch = mkdtempSync(join(tmpdir(), "praxis-packages-"));
  try {
    const fetched =
      attempt("apt-get", ["download", name], scratch) || (update() && attempt("apt-get", ["download", name], scratch));
    const file = readdirSync(scratch).find((entry) => entry.endsWith(".deb"));
    if (!fetched || file === undefined) return false;
    mkdirSync(unpacked, { recursive: true });
    return attempt("dpkg", ["-x", file, unpacked], scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param {string} name */
function install(name) {
  return isRoot() && attempt("apt-get", ["install", "-y", "--no-install-recommends", name], root);
}

function update() {
  return isRoot() && attempt("apt-get", ["update"], root);
}

function isRoot() {
  return process.getuid?.() === 0;
}

/**
 * @param {string | undefined} path
 * @param {string} versionArgument
 */
function runs(path, versionArgument) {
  return path !== undefined && path !== "" && spawnSync(path, [versionArgument]).status === 0;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
function attempt(command, args, cwd) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, args, { cwd, env, timeout: 300_000, stdio: "ignore" }).status === 0;
}
