import { createPublicKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { bent, makeSigner, signedHeaders } from "@/lib/test/signing";
import { verifySignature } from "./signature";

const body = Buffer.from('[{"token":"some_token"}]');

function signed() {
  const { privateKey, keyIdentifier } = makeSigner("key");
  const signature = signedHeaders({ privateKey, keyIdentifier }, body.toString())["github-public-key-signature"] ?? "";
  return { signer: { keyIdentifier, key: createPublicKey(privateKey) }, signature };
}

describe("a signature of a report", () => {
  test.each([
    {
      url: "some_url",
      source: "some_source",
      tokenFirst: true,
      key: "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEsz9ugWDj5jK5ELBK42ynytbo38gP\nHzZFI03Exwz8Lh/tCfL3YxwMdLjB+bMznsanlhK0RwcGP3IDb34kQDIo3Q==",
      signature: "MEUCIFLZzeK++IhS+y276SRk2Pe5LfDrfvTXu6iwKKcFGCrvAiEAhHN2kDOhy2I6eGkOFmxNkOJ+L2y8oQ9A2T9GGJo6WJY=",
    },
    {
      url: "https://example.com/base-repo-url/",
      source: "commit",
      tokenFirst: false,
      key: "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYAGMWO8XgCamYKMJS6jc/qgvSlAd\nAjPuDPRcXU22YxgBrz+zoN19MzuRyW87qEt9/AmtoNP5GrobzUvQSyJFVw==",
      signature: "MEQCIQDaMKqrGnE27S0kgMrEK0eYBmyG0LeZismAEz/BgZyt7AIfXt9fErtRS4XaeSt/AO1RtBY66YcAdjxji410VQV4xg==",
    },
  ])(
    "is verified as in the samples of GitHub's documentation ($source)",
    ({ key, signature, tokenFirst, ...place }) => {
      const token = { token: "some_token", type: "some_type" };
      const sample = JSON.stringify([
        tokenFirst ? { ...token, ...place } : { source: place.source, ...token, url: place.url },
      ]);
      const pem = `-----BEGIN PUBLIC KEY-----\n${key}\n-----END PUBLIC KEY-----\n`;
      const signer = { keyIdentifier: "sample", key: createPublicKey(pem) };
      expect(verifySignature(signer, signature, Buffer.from(sample))).toMatchObject({ keyIdentifier: "sample" });
      expect(verifySignature(signer, signature, Buffer.from(`${sample}\n`))).toBeNull();
    },
  );

  test("is refused after any change of one byte, of the body or of itself", () => {
    const { signer, signature } = signed();
    expect(verifySignature(signer, signature, body)).not.toBeNull();
    for (let at = 0; at < body.length; at++) expect(verifySignature(signer, signature, flipped(body, at))).toBeNull();
    const der = Buffer.from(signature, "base64");
    for (let at = 0; at < der.length; at++) {
      const changed = flipped(der, at).toString("base64");
      expect(verifySignature(signer, changed, body), `byte ${at}`).toBeNull();
    }
  });

  test("has one digest, however it is written: what was bent is the same signature", () => {
    for (let round = 0; round < 50; round++) {
      const { signer, signature } = signed();
      const digest = verifySignature(signer, signature, body)?.digest;
      expect(digest).toHaveLength(32);
      for (const other of [bent(signature), signature.replace(/=+$/, ""), ` ${signature} `])
        expect(verifySignature(signer, other, body)?.digest).toEqual(digest);
    }
  });

  test.each(["", "AA==", "not base64!", "MAA=", "MAYCAQACAQA=", "A".repeat(4096)])("junk is none: %j", (junk) => {
    expect(verifySignature(signed().signer, junk, body)).toBeNull();
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  return Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)));
}
