import { createPublicKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { fail } from "@/scripts/steps.mjs";

/** The public key of a PEM file, as `--public-key` names it; anything else ends the program. */
export function readPublicKey(path: string): KeyObject {
  try {
    return createPublicKey(readFileSync(path));
  } catch {
    return fail(`${path} holds no public key as PEM`);
  }
}
