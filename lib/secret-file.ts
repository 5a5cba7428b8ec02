import { randomBytes } from "node:crypto";
import { chownSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Reads a secret that only its user can read, or creates it (of 256 random bits, by default); whole or not at all. */
export function readOrCreateSecret(path: string, make: () => string = randomSecret): string {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) create(path, make());
  const secret = readFileSync(path, "utf8").trim();
  if (secret === "") throw new Error(`${path} is empty. Restore it from a backup.`);
  return secret;
}

/** Writes a file that only the owner of its directory can read, also when root does it for them. */
export function writePrivateFile(path: string, content: string | Buffer): void {
  writeFileSync(path, content, { mode: 0o600, flush: true });
  const { uid, gid } = statSync(dirname(path));
  if (process.getuid?.() === 0 && uid !== 0) chownSync(path, uid, gid);
}

function randomSecret(): string {
  return randomBytes(32).toString("base64url");
}

function create(path: string, secret: string): void {
  const draft = `${path}.${process.pid}`;
  writePrivateFile(draft, secret);
  try {
    linkSync(draft, path);
  } catch (error) {
    // Another instance was faster: its secret counts.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
