import { chownSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readOrCreateSecret, writePrivateFile } from "./secret-file";

const directory = mkdtempSync(join(tmpdir(), "praxis-secret-"));
const isRoot = process.getuid?.() === 0;

afterAll(() => rmSync(directory, { recursive: true }));

test("a secret is made once, for its owner's eyes", () => {
  const path = join(directory, "secret");
  const secret = readOrCreateSecret(path);
  expect(Buffer.from(secret, "base64url")).toHaveLength(32);
  expect(readOrCreateSecret(path)).toBe(secret);
  expect(readFileSync(path, "utf8")).toBe(secret);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test.runIf(isRoot)("what root writes into another's directory is that one's: the service can read it", () => {
  chownSync(directory, 65_534, 65_534);
  const [written, made] = [join(directory, "written"), join(directory, "made")];
  writePrivateFile(written, "content");
  readOrCreateSecret(made);
  for (const path of [written, made])
    expect([statSync(path).uid, statSync(path).mode & 0o777]).toEqual([65_534, 0o600]);
});
