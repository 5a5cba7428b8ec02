import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseEnv } from "@/lib/env";
import { makeSigner } from "@/lib/test/signing";

const current = makeSigner("new");
const former = makeSigner("old", { isCurrent: false });
const published = JSON.stringify({ public_keys: [current.published, former.published] });

function problemsWith(setting: string): string[] {
  const result = parseEnv({ LEAK_REPORT_KEYS: setting });
  return result.ok ? [] : result.problems;
}

describe("LEAK_REPORT_KEYS", () => {
  test("is the JSON that GitHub publishes, or a file with it; keys that are no longer current count", () => {
    const directory = mkdtempSync(join(tmpdir(), "praxis-keys-"));
    const file = join(directory, "keys.json");
    writeFileSync(file, published);
    for (const setting of [published, file]) {
      const result = parseEnv({ LEAK_REPORT_KEYS: setting });
      expect(result.ok && [...(result.env.LEAK_REPORT_KEYS ?? new Map()).keys()]).toEqual(["new", "old"]);
    }
    rmSync(directory, { recursive: true });
  });

  test.each(["/no/such/file.json", "{", "{}", '{"public_keys":[]}'])("stops the start when it is %j", (setting) => {
    expect(problemsWith(setting)).toEqual([expect.stringMatching(/^LEAK_REPORT_KEYS: expected the JSON of https:/)]);
  });

  test("names a key that is not of the right kind", () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "secp384r1" });
    const other = publicKey.export({ type: "spki", format: "pem" }).toString();
    for (const key of [other, "no PEM"]) {
      const setting = JSON.stringify({ public_keys: [current.published, { key_identifier: "odd", key }] });
      expect(problemsWith(setting)).toEqual([expect.stringContaining("the key odd is none")]);
    }
  });
});
