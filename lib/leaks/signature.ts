import { createHash, type KeyObject, verify } from "node:crypto";

/** The public keys (ECDSA P-256) that may sign, by their identifiers. */
export type SigningKeys = ReadonlyMap<string, KeyObject>;

declare const verified: unique symbol;

/** Proof that a body was signed by a known key. Only `verifySignature` makes it. */
export interface VerifiedSignature {
  readonly [verified]: true;
  readonly keyIdentifier: string;
  /** SHA-256 of the signature in its one canonical form: the same for every way to write or to bend it. */
  readonly digest: Uint8Array<ArrayBuffer>;
}

/**
 * Verifies an ECDSA P-256 signature (SHA-256; DER in base64) over the exact bytes of a body. Null when it is not one.
 */
export function verifySignature(
  signer: { keyIdentifier: string; key: KeyObject },
  signature: string,
  body: Uint8Array,
): VerifiedSignature | null {
  const pair = integersOf(Buffer.from(signature, "base64"));
  if (!pair || !verify("sha256", body, { key: signer.key, dsaEncoding: "ieee-p1363" }, joined(pair))) return null;
  // Whoever has seen (r, s) can make (r, n − s), which verifies as well; a replay must not pass for a new signature.
  const [r, s] = pair;
  const canonical = joined([r, s > order - s ? order - s : s]);
  const facts = {
    keyIdentifier: signer.keyIdentifier,
    digest: new Uint8Array(createHash("sha256").update(canonical).digest()),
  };
  return facts as unknown as VerifiedSignature;
}

/** The order of P-256 (SEC 2, §2.4.2). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const integerBytes = 32;

type Pair = readonly [r: bigint, s: bigint];

/** r and s of an Ecdsa-Sig-Value (RFC 3279 §2.2.3) in DER; null when it is none that P-256 can make. */
function integersOf(der: Buffer): Pair | null {
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return null;
  const r = integerAt(der, 2);
  const s = r && integerAt(der, r.end);
  return s && s.end === der.length && r.value < order && s.value < order ? [r.value, s.value] : null;
}

function integerAt(der: Buffer, start: number): { value: bigint; end: number } | null {
  const length = der[start + 1];
  // One more than the integer may need, for a sign.
  if (der[start] !== 0x02 || length === undefined || length === 0 || length > integerBytes + 1) return null;
  const end = start + 2 + length;
  return end > der.length ? null : { value: BigInt(`0x${der.toString("hex", start + 2, end)}`), end };
}

/** r and s side by side, each of 32 bytes (IEEE P1363). */
function joined(pair: Pair): Buffer {
  return Buffer.from(pair.map((value) => value.toString(16).padStart(integerBytes * 2, "0")).join(""), "hex");
}
