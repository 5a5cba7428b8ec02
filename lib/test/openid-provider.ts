import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An OpenID provider that signs whatever a test tells it to: for what a real one never does. */
export interface TestProvider {
  issuer: string;
  /** What the next ID token says, instead of what would be right. */
  next: {
    claims: Record<string, unknown>;
    /** Signs with a key that the provider does not publish. */
    wrongKey?: boolean;
  };
  /** What the provider says of itself, instead of what would be right. */
  metadata: Record<string, unknown>;
  /** Answers 503 to everything. */
  down: boolean;
  /** Codes that were redeemed: none is twice. */
  redeemed: string[];
  stop(): Promise<void>;
}

/** Starts one on a free port of this machine. */
export async function startTestProvider(): Promise<TestProvider> {
  const own = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const begun = new Map<string, { nonce: string; challenge: string }>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", provider.issuer);
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (provider.down) return json(503, {});
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return json(200, { ...metadataOf(provider.issuer), ...provider.metadata });
      case "/jwks":
        return json(200, {
          keys: [{ ...own.publicKey.export({ format: "jwk" }), kid: "own", alg: "RS256", use: "sig" }],
        });
      case "/authorize": {
        const code = `code-${begun.size + 1}`;
        const asked = url.searchParams;
        begun.set(code, { nonce: asked.get("nonce") ?? "", challenge: asked.get("code_challenge") ?? "" });
        const back = new URL(asked.get("redirect_uri") ?? "");
        back.search = new URLSearchParams({ code, state: asked.get("state") ?? "" }).toString();
        return response.writeHead(302, { location: back.href }).end();
      }
      case "/token": {
        let text = "";
        for await (const chunk of request) text += String(chunk);
        const body = new URLSearchParams(text);
        const code = body.get("code") ?? "";
        const asked = begun.get(code);
        if (!asked || provider.redeemed.includes(code)) return json(400, { error: "invalid_grant" });
        provider.redeemed.push(code);
        const { claims, wrongKey } = provider.next;
        const now = Math.floor(Date.now() / 1000);
        const right = { iss: provider.issuer, aud: "praxis", iat: now, exp: now + 60, nonce: asked.nonce };
        const key = wrongKey ? other.privateKey : own.privateKey;
        return json(200, {
          access_token: "opaque",
          token_type: "Bearer",
          id_token: jwt({ email_verified: true, groups: [], ...right, ...claims }, key),
        });
      }
      default:
        return json(404, {});
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: string | AddressInfo | null = server.address();
  if (address === null || typeof address === "string") throw new Error("The provider has no port");
  const provider: TestProvider = {
    issuer: `http://127.0.0.1:${address.port}`,
    next: { claims: {} },
    metadata: {},
    down: false,
    redeemed: [],
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return provider;
}

function metadataOf(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
  };
}

function jwt(claims: object, key: KeyObject): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const input = `${part({ alg: "RS256", kid: "own", typ: "JWT" })}.${part(claims)}`;
  return `${input}.${sign("sha256", Buffer.from(input), key).toString("base64url")}`;
}
