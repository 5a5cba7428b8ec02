import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { z } from "zod";
import type { Grant } from "@/lib/access/decide";
import { db } from "@/lib/db/client";
import { chainStart } from "./chain";
import { auditSigningKey } from "./signing-key";
import type { ChainEnd } from "./verify-chain";

/** A head of an audit chain: where it stood at a time, signed. Kept elsewhere, it proves what was on record then. */
export const signedHeadSchema = z.object({
  chainId: z.uuid().describe("The tenant"),
  sequence: z.int().nonnegative().describe("The number of the last event; 0 when there is none"),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("Of the last event, in hexadecimal"),
  time: z.iso.datetime(),
  signature: z
    .string()
    .regex(/^[\w-]+$/)
    .describe("Ed25519, in base64url, of the lines praxis-audit-head, chainId, sequence, hash and time"),
  keyId: z.string().describe("Names the key"),
  publicKey: z.string().describe("The key's public half, as PEM"),
});
export type SignedHead = z.infer<typeof signedHeadSchema>;

/** The head of the tenant's chain now, signed. */
export async function readSignedHead({ tenantId }: Grant<"audit:read">): Promise<SignedHead> {
  const end = await db.auditChain.findUnique({ where: { id: tenantId } });
  return signHead({
    chainId: tenantId,
    sequence: end?.sequence ?? 0n,
    hash: end ? Buffer.from(end.hash) : chainStart,
  });
}

/** Signs where a chain stands now. */
export function signHead({ chainId, sequence, hash }: ChainEnd, key: KeyObject = auditSigningKey()): SignedHead {
  const head = { chainId, sequence: Number(sequence), hash: hash.toString("hex"), time: new Date().toISOString() };
  const publicKey = createPublicKey(key);
  return {
    ...head,
    signature: sign(null, signedText(head), key).toString("base64url"),
    keyId: keyIdOf(publicKey),
    publicKey: publicKeyPem(publicKey),
  };
}

/**
 * Where the chain stood, if the head was signed with this key's private half and is as it was signed; null otherwise.
 * The key that the head itself names proves nothing.
 */
export function openHead(head: SignedHead, publicKey: KeyObject): ChainEnd | null {
  if (!verify(null, signedText(head), publicKey, Buffer.from(head.signature, "base64url"))) return null;
  return { chainId: head.chainId, sequence: BigInt(head.sequence), hash: Buffer.from(head.hash, "hex") };
}

/** What to say of a signature by none of these keys: "another key (b2…, not a1…)". */
export function anotherKey(keyId: string, publicKeys: readonly KeyObject[]): string {
  const known = publicKeys.length === 0 ? "none is known" : `not ${publicKeys.map(keyIdOf).join(" or ")}`;
  return `another key (${keyId}, ${known})`;
}

/** A short name of a key: the start of the SHA-256 of its public half. */
export function keyIdOf(publicKey: KeyObject): string {
  const bytes = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

/** A public key as PEM. */
export function publicKeyPem(publicKey: KeyObject): string {
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}

function signedText({ chainId, sequence, hash, time }: Omit<SignedHead, "signature" | "keyId" | "publicKey">): Buffer {
  return Buffer.from(["praxis-audit-head", chainId, sequence, hash, time].join("\n"));
}
