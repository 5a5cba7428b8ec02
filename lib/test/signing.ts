import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** Signs as GitHub's secret scanning does, in tests. */

export interface Signer {
  keyIdentifier: string;
  privateKey: KeyObject;
  /** As one entry of a LEAK_REPORT_KEYS file. */
  published: { key_identifier: string; key: string; is_current: boolean };
}

/** A new P-256 key by this name. */
export function makeSigner(keyIdentifier: string, options: { isCurrent?: boolean } = {}): Signer {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const key = publicKey.export({ type: "spki", format: "pem" }).toString();
  return {
    keyIdentifier,
    privateKey,
    published: { key_identifier: keyIdentifier, key, is_current: options.isCurrent ?? true },
  };
}

/** The headers that go with a body. */
export function signedHeaders(
  signer: Pick<Signer, "keyIdentifier" | "privateKey">,
  body: string,
): Record<string, string> {
  return {
    "github-public-key-identifier": signer.keyIdentifier,
    "github-public-key-signature": sign("sha256", Buffer.from(body), signer.privateKey).toString("base64"),
  };
}

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** (r, n − s) for (r, s): as valid, and makeable by whoever has seen the one. */
export function bent(signature: string): string {
  const der = Buffer.from(signature, "base64");
  const rEnd = 4 + (der[3] ?? 0);
  const hex = (order - BigInt(`0x${der.toString("hex", rEnd + 2)}`)).toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  const s = Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, "hex");
  const pair = Buffer.concat([der.subarray(2, rEnd), Buffer.from([2, s.length]), s]);
  return Buffer.concat([Buffer.from([0x30, pair.length]), pair]).toString("base64");
}
