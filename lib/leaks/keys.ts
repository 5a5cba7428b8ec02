import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import type { SigningKeys } from "./signature";

/** As https://api.github.com/meta/public_keys/secret_scanning answers. */
const keyListSchema = z.object({
  public_keys: z.array(z.object({ key_identifier: z.string().min(1), key: z.string() })).min(1),
});

type Read = { ok: true; keys: SigningKeys } | { ok: false; problem: string };

const expected =
  "expected the JSON of https://api.github.com/meta/public_keys/secret_scanning, or the path of a file with it";

/**
 * Reads LEAK_REPORT_KEYS. Every key that is listed counts, current or not: a rotation must not lose the reports that
 * are signed with the old one.
 */
export function readSigningKeys(setting: string): Read {
  const json = setting.trimStart().startsWith("{") ? setting : fileText(setting);
  if (json === null) return { ok: false, problem: `${expected}; there is no readable file ${setting}` };
  const list = keyListSchema.safeParse(parsedJson(json));
  if (!list.success) return { ok: false, problem: expected };
  const keys = new Map(list.data.public_keys.map(({ key_identifier, key }) => [key_identifier, publicKey(key)]));
  const readable = new Map([...keys].flatMap(([identifier, key]) => (key ? [[identifier, key] as const] : [])));
  const [broken] = [...keys.keys()].filter((identifier) => !readable.has(identifier));
  return broken === undefined
    ? { ok: true, keys: readable }
    : { ok: false, problem: `expected ECDSA P-256 public keys in PEM; the key ${broken} is none` };
}

function fileText(path: string): string | null {
  try {
    return readFileSync(resolve(/* turbopackIgnore: true */ path), "utf8");
  } catch {
    return null;
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function publicKey(pem: string) {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? key : null;
  } catch {
    return null;
  }
}
