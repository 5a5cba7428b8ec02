import { createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";

/** Reads AUDIT_SIGNING_KEY: an Ed25519 private key as PEM (`\n` may stand for a line's end) or the path of one. */
export function readAuditSigningKey(setting: string): KeyObject | null {
  try {
    const pem = setting.includes("-----BEGIN")
      ? setting.replaceAll("\\n", "\n")
      : readFileSync(/* turbopackIgnore: true */ setting, "utf8");
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === "ed25519" ? key : null;
  } catch {
    return null;
  }
}
