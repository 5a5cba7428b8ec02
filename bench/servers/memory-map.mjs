import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

// The ceiling: verification by a map in memory, which no revocation on another instance reaches. Hashes the secret,
// finds the token, compares scopes and answers with the headers that the service answers with; records nothing.

/** @type {{ secret: string, id: string, organizationId: string, tenantId: string, scopes: string[] }[]} */
const tokens = JSON.parse(readFileSync(process.env.TOKENS_FILE ?? "", "utf8"));
/** @param {string} secret */
const digest = (secret) => createHash("sha256").update(secret).digest("hex");
const byDigest = new Map(tokens.map((token) => [digest(token.secret), token]));

createServer((request, response) => {
  const [, secret] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "") ?? [];
  const token = secret === undefined ? undefined : byDigest.get(digest(secret));
  const scope = new URL(request.url ?? "", "http://127.0.0.1").searchParams.get("scope");
  if (!token || scope === null || !token.scopes.includes(scope)) {
    response.writeHead(token ? 403 : 401).end();
    return;
  }
  response.writeHead(200, {
    "x-ne-org-id": token.organizationId,
    "x-ne-tenant-id": token.tenantId,
    "x-token-id": token.id,
    "x-token-scopes": token.scopes.join(" "),
    "cache-control": "no-store",
    "content-length": "0",
  });
  response.end();
}).listen(Number(process.env.PORT), "127.0.0.1");
