import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { isRunning, lock, processStart } from "./process-lock.mjs";
import { fail, note, step } from "./steps.mjs";

export const root = join(import.meta.dirname, "..");
const stamps = join(root, ".setup");
const orphanFile = join(stamps, "running");

/**
 * Brings a checkout to where the service can start, doing only what has changed since the last time. Each stamp is
 * written after its step succeeded, so that an interrupted step is done again.
 * @param {{ build: boolean }} options
 */
export async function setUp({ build }) {
  makeStamps();
  const { release } = await lock(join(stamps, "lock"), (pid) =>
    note(`Another start (process ${pid}) is setting up this checkout: waiting for it`),
  );
  process.once("exit", release);
  try {
    await endOrphan();
    await step("Dependencies", installDependencies);
    await step("Prisma client", generateClient);
    if (build) await step("Application build", buildApplication);
  } finally {
    release();
  }
}

function makeStamps() {
  try {
    mkdirSync(stamps, { recursive: true });
    accessSync(stamps, constants.W_OK);
  } catch {
    fail(
      `${root} cannot be written to by this user. Run npm run build as one who may; then, as this one: NODE_ENV=production node --conditions=react-server --import tsx server.ts`,
    );
  }
}

/** Ends the process when this Node cannot run the service. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Praxis Identity needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
}

async function installDependencies() {
  if (isInstalled()) return "up to date";
  // None of our dependencies needs its install script, and Prisma's would download an engine that we do not use.
  await run(process.platform === "win32" ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
  return "installed";
}

/** npm writes its own list into node_modules last, so a list that agrees with the lock means a complete install. */
function isInstalled() {
  const installed = packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (installed === undefined) return false;
  return Object.entries(packagesOf(join(root, "package-lock.json")) ?? {}).every(
    ([path, { version, optional }]) =>
      path === "" || installed[path]?.version === version || (optional && installed[path] === undefined),
  );
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return undefined;
  }
}

function generateClient() {
  const inputs = ["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"];
  const output = join(root, "lib/db/generated/client.ts");
  return unlessStamped("generate", hashFiles(inputs), output, () =>
    // `generate` needs no engine, but asks for one; any program will do.
    runPackage("prisma/build/index.js", ["generate"], { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }),
  );
}

function buildApplication() {
  return unlessStamped("build", hashFiles(buildInputs()), join(root, ".next/BUILD_ID"), async () => {
    await run(process.execPath, ["--import", "tsx", "lib/env.ts"]);
    await runPackage("next/dist/bin/next", ["build"], { NODE_ENV: "production" });
  });
}

function buildInputs() {
  const configuration = readdirSync(root).filter(
    (name) => /\.(js|mjs|ts|json)$/.test(name) && !/^(server|vitest|playwright|biome|next-env)\b/.test(name),
  );
  const sources = ["app", "components", "lib", "prisma", "public"].flatMap((directory) =>
    existsSync(join(root, directory))
      ? readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
      : [],
  );
  const files = sources
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  return [...configuration, ...files.filter((path) => !/\.test\.tsx?$|^lib\/(test|db\/generated)\//.test(path))].sort();
}

/** @param {string[]} paths */
function hashFiles(paths) {
  const hash = createHash("sha256");
  for (const path of paths)
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  return hash.digest("hex");
}

/**
 * @param {string} name
 * @param {string} hash
 * @param {string} output
 * @param {() => Promise<void>} work
 */
async function unlessStamped(name, hash, output, work) {
  const stamp = join(stamps, name);
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return "up to date";
  rmSync(stamp, { force: true });
  await work();
  writeFileSync(stamp, hash);
  return "done";
}

/** When a set-up was killed (-9), the program it was running goes on; two at once would spoil each other's work. */
async function endOrphan() {
  const [pid = 0, start] = existsSync(orphanFile) ? readFileSync(orphanFile, "utf8").split(" ") : [];
  const orphan = Number(pid);
  while (isRunning(orphan) && processStart(orphan) === start) {
    process.kill(orphan, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  rmSync(orphanFile, { force: true });
}

/**
 * Runs a program of an installed package.
 * @param {string} path
 * @param {string[]} args
 * @param {Record<string, string>} [environment]
 */
export function runPackage(path, args, environment) {
  return run(process.execPath, [join(root, "node_modules", path), ...args], environment);
}

/**
 * Runs a program quietly; when it fails, shows what it said and ends the process.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [environment]
 * @returns {Promise<void>}
 */
function run(command, args, environment = {}) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...environment };
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    const stop = () => child.kill();
    process.once("exit", stop);
    writeFileSync(orphanFile, `${child.pid} ${processStart(child.pid ?? 0)}`);
    child.once("error", (error) => fail(`Cannot run ${command}: ${error.message}`));
    child.once("close", (code) => {
      rmSync(orphanFile, { force: true });
      process.off("exit", stop);
      if (code === 0) return resolve();
      process.stderr.write(output);
      fail(`This failed: ${[command, ...args].join(" ").replaceAll(`${root}/`, "").replace(process.execPath, "node")}`);
    });
  });
}
