import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";

/** Reads a secret that only this user can read, or creates it with 256 random bits; whole or not at all. */
export function readOrCreateSecret(path: string): string {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) create(path);
  const secret = readFileSync(path, "utf8").trim();
  if (secret === "") throw new Error(`${path} is empty. Restore it from a backup.`);
  return secret;
}

function create(path: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, randomBytes(32).toString("base64url"), { mode: 0o600, flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    // Another instance was faster: its secret counts.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
