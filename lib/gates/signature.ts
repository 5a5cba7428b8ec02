import type { Origin } from "@/lib/access/principal";
import { notFound, Problem } from "@/lib/errors";
import { type SigningKeys, type VerifiedSignature, verifySignature } from "@/lib/leaks/signature";
import { countFailedAttempt } from "@/lib/rate-limit/failed-attempts";
import { readBytes } from "./body";
import type { ApiRequest } from "./message";

export const keyIdentifierHeader = "github-public-key-identifier";
export const signatureHeader = "github-public-key-signature";

/**
 * Reads a body and verifies that a known key signed its very bytes, in the way of GitHub's secret scanning. Throws 404
 * where no keys are configured, 413, and 401, which counts as a failed authentication of the address.
 */
export async function authenticateSignature(
  request: ApiRequest,
  keys: SigningKeys | null,
  origin: Origin,
): Promise<{ signature: VerifiedSignature; bytes: Uint8Array }> {
  if (!keys) throw notFound("route");
  const keyIdentifier = request.headers.get(keyIdentifierHeader);
  const given = request.headers.get(signatureHeader);
  if (keyIdentifier === null || given === null)
    throw await refusal("Sign the body, and send Github-Public-Key-Identifier and Github-Public-Key-Signature");
  const key = keys.get(keyIdentifier);
  if (!key) throw await refusal("Github-Public-Key-Identifier names no key that is known here");
  const bytes = await readBytes(request);
  const signature = verifySignature({ keyIdentifier, key }, given, bytes);
  if (signature) return { signature, bytes };
  throw await refusal("Github-Public-Key-Signature is not a signature of this body by that key");

  function refusal(message: string): Promise<Problem> {
    const details = { code: "unauthorized", credentialSent: given !== null, scheme: "Signature" } as const;
    return countFailedAttempt(origin, new Problem(details, message));
  }
}
