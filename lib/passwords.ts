import { randomInt } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

// OWASP Password Storage Cheat Sheet: Argon2id (the library's default algorithm), 19 MiB, 2 iterations, 1 lane.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// The hash of a password nobody knows: unknown accounts cost a caller the same time as known ones.
let decoyHash: Promise<string> | undefined;

/**
 * Hashes a password with Argon2id at OWASP's parameters; PHC string format. However a keyboard composes its characters,
 * it is the same password (NFKC, as NIST SP 800-63B-4 §3.1.1.2 has it).
 */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), parameters);
}

// No vowels, so no words; no characters that look alike.
const alphabet = "23456789bcdfghjkmnpqrstvwxz";

/** Makes a password to be told to a person: four groups of six characters (114 bits), easy to read out. */
export function generatePassword(): string {
  const group = () => Array.from({ length: 6 }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
  return [group(), group(), group(), group()].join("-");
}

/** Whether the password is the account's. An account without one (null) takes as long and is never matched. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoyHash ??= hashPassword(crypto.randomUUID());
  const matches = await verify(passwordHash ?? (await decoyHash), password.normalize("NFKC"));
  return passwordHash !== null && matches;
}
