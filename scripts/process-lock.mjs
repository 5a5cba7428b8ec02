import { execFileSync } from "node:child_process";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * A lock file that names the process holding it. A lock whose holder is gone (kill -9, power cut) is taken over: the
 * holder is known by its pid and its start time, since pids are reused.
 * @param {string} path
 * @returns {{ held: true, release: () => void } | { held: false, pid: number }}
 */
export function tryLock(path) {
  const mine = `${process.pid} ${processStart(process.pid) ?? ""}`;
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    for (;;) {
      if (linkIfFree(draft, path)) return { held: true, release: () => release(path, mine) };
      const holder = read(path);
      if (holder === undefined) continue;
      const pid = Number.parseInt(holder, 10);
      if (isRunning(pid) && `${pid} ${processStart(pid) ?? ""}` === holder) return { held: false, pid };
      discardStale(path, holder);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Like tryLock, but waits for the holder; `onWait` is called once, with its pid, when there is one.
 * @param {string} path
 * @param {(pid: number) => void} onWait
 */
export async function lock(path, onWait) {
  let told = false;
  for (;;) {
    const result = tryLock(path);
    if (result.held) return result;
    if (!told) onWait(result.pid);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/**
 * Whether a process of this id exists and is not a zombie.
 * @param {number} pid
 */
export function isRunning(pid) {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return processStat(pid)?.state !== "Z";
}

/**
 * When a process started, as an opaque text that a later process of the same id will not repeat.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function processStart(pid) {
  if (process.platform === "linux") return processStat(pid)?.startTime;
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function processStat(pid) {
  const text = read(`/proc/${pid}/stat`);
  // The command, in parentheses, may itself hold spaces and parentheses: the numbered fields follow the last one.
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields === undefined ? undefined : { state: fields[0], startTime: fields[19] };
}

/**
 * @param {string} draft
 * @param {string} path
 */
function linkIfFree(draft, path) {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/**
 * @param {string} path
 * @param {string} stale
 */
function discardStale(path, stale) {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  // Another process may have replaced the stale lock between our look and our rename: then put its lock back.
  if (read(aside) !== stale) linkIfFree(aside, path);
  rmSync(aside, { force: true });
}

/**
 * @param {string} path
 * @param {string} mine
 */
function release(path, mine) {
  if (read(path) === mine) rmSync(path, { force: true });
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
