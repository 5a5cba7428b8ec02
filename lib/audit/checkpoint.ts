import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { anotherKey, keyIdOf } from "./head";
import { auditSigningKey } from "./signing-key";
import type { ChainEnd } from "./verify-chain";

/** The columns of audit_checkpoints but the chain's, which a chain's events up to a number were replaced by. */
interface Signature {
  time: Date;
  signature: string;
  keyId: string;
}

/** Where a chain stood when its events up to there were dropped. */
export type Checkpoint = ChainEnd & Signature;

/** Signs where a chain stands as what it may begin after. */
export function signCheckpoint(end: ChainEnd, key: KeyObject = auditSigningKey()): Checkpoint {
  const time = new Date();
  return {
    ...end,
    time,
    signature: sign(null, signedText(end, time), key).toString("base64url"),
    keyId: keyIdOf(createPublicKey(key)),
  };
}

/** What is wrong with a checkpoint; null when the private half of one of these keys signed it as it is. */
export function checkpointProblem(checkpoint: Checkpoint, publicKeys: readonly KeyObject[]): string | null {
  const { sequence, time, signature, keyId } = checkpoint;
  const publicKey = publicKeys.find((key) => keyIdOf(key) === keyId);
  if (publicKey === undefined)
    return `the checkpoint of event ${sequence} was signed with ${anotherKey(keyId, publicKeys)}`;
  return verify(null, signedText(checkpoint, time), publicKey, Buffer.from(signature, "base64url"))
    ? null
    : `the checkpoint of event ${sequence} is not the one that was signed`;
}

// Not the text of a head: anyone may ask for a signed head, and would then hold leave to drop what is before it.
function signedText({ chainId, sequence, hash }: ChainEnd, time: Date): Buffer {
  return Buffer.from(
    ["praxis-audit-checkpoint", chainId, sequence, hash.toString("hex"), time.toISOString()].join("\n"),
  );
}
