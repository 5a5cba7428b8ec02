import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { env } from "@/lib/env";
import { readOrCreateSecret } from "@/lib/secret-file";

let key: KeyObject | undefined;
/** Within DATA_DIR. */
export const auditSigningKeyFile = "audit-signing-key";

/** The Ed25519 key that signs heads of audit chains: AUDIT_SIGNING_KEY, or one generated once and kept in DATA_DIR. */
export function auditSigningKey(): KeyObject {
  key ??= env.AUDIT_SIGNING_KEY ?? ownKey();
  return key;
}

function ownKey(): KeyObject {
  mkdirSync(env.DATA_DIR, { recursive: true });
  return createPrivateKey(readOrCreateSecret(join(env.DATA_DIR, auditSigningKeyFile), newKey));
}

function newKey(): string {
  return generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}
