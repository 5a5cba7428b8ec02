import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";

/** Reads a secret that only this user can read, or creates it (of 256 random bits, by default); whole or not at all. */
export function readOrCreateSecret(path: string, make: () => string = randomSecret): string {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) create(path, make());
  const secret = readFileSync(path, "utf8").trim();
  if (secret === "") throw new Error(`${path} is empty. Restore it from a backup.`);
  return secret;
}

function randomSecret(): string {
  return randomBytes(32).toString("base64url");
}

function create(path: string, secret: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, secret, { mode: 0o600, flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    // Another instance was faster: its secret counts.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
