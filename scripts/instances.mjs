import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./setup.mjs";

// Real instances of the service for the checks that need whole processes.

const deadlineMs = 60_000;

/** A directory that goes when the checks are done. */
export const scratch = mkdtempSync(join(tmpdir(), "praxis-start-"));
// When we are root, the database's own user must be able to pass.
chmodSync(scratch, 0o711);

/** @typedef {ReturnType<typeof launch>} Instance */
/** @type {Set<{ stop: () => Promise<unknown> }>} */
const launched = new Set();

/** Stops what was launched, the last first: it may use what the first provides. */
export async function stopLaunched() {
  for (const instance of [...launched].reverse()) await instance.stop();
  launched.clear();
}

export function cleanUp() {
  rmSync(scratch, { recursive: true, force: true });
}

/**
 * Starts the service and returns at once.
 * @param {{ port: number, directory?: string, checkout?: string, command?: string[], env?: Record<string, string>,
 *   user?: { uid: number, gid: number } }} options
 */
export function launch({ port, directory = dataDirectory(), checkout = root, command, env, user }) {
  const [program = "", ...args] = command ?? [process.execPath, "scripts/start.mjs"];
  // Empty counts as unset, and keeps a developer's .env out.
  const unset = {
    DATABASE_URL: "",
    AUTH_URL: "",
    AUTH_SECRET: "",
    ADMIN_PASSWORD: "",
    HOST: "",
    LOG_LEVEL: "",
    METRICS_PORT: "",
  };
  const child = spawn(program, args, {
    cwd: checkout,
    env: { ...process.env, ...unset, PORT: String(port), DATA_DIR: directory, HOME: scratch, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...user,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const exited = once(child, "close").then(() => child.exitCode);
  const exit = () => within(exited, () => `the service to end; it said:\n${output}`);
  const instance = {
    pid: child.pid ?? 0,
    directory,
    output: () => output,
    exit,
    stop: () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      return exit();
    },
    answers: async () => {
      try {
        return (await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5000) })).ok;
      } catch {
        return false;
      }
    },
    ended: () => child.exitCode !== null || child.signalCode !== null,
  };
  launched.add(instance);
  return instance;
}

/** @param {Instance} instance */
export async function ready(instance) {
  await until(
    () => instance.ended() || instance.output().includes("is ready"),
    () => `the service to be ready; it said:\n${instance.output()}`,
  );
  assert.ok(await instance.answers(), `the service does not answer; it said:\n${instance.output()}`);
  return instance;
}

/** @param {string} directory */
export function postmasterPid(directory) {
  return Number.parseInt(readFileSync(join(directory, "postgres", "postmaster.pid"), "utf8"), 10);
}

/**
 * Waits for a state.
 * @param {() => boolean | Promise<boolean>} reached
 * @param {string | (() => string)} what
 */
export async function until(reached, what) {
  const deadline = Date.now() + deadlineMs;
  while (!(await reached())) {
    if (Date.now() > deadline) assert.fail(`Waited in vain for ${typeof what === "string" ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {() => string} what
 * @returns {Promise<T>}
 */
async function within(promise, what) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited in vain for ${what()}`)), deadlineMs);
  });
  try {
    return await Promise.race([promise, late.then((never) => assert.fail(String(never)))]);
  } finally {
    clearTimeout(timer);
  }
}

export function dataDirectory() {
  return join(scratch, `data-${Math.random().toString(36).slice(2)}`);
}

/** @returns {Promise<number>} */
export async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  assert.ok(address !== null && typeof address === "object");
  return address.port;
}
