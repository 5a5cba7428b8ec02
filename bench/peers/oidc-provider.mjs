import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

// Token introspection (RFC 7662) by oidc-provider with its adapter in memory: it never waits for a database. Issues
// COUNT access tokens to itself and writes them to KEYS_FILE.

const port = Number(process.env.PORT);
const client = { client_id: "bench", client_secret: "a-secret-of-the-benchmark" };
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ ...client, grant_types: ["client_credentials"], redirect_uris: [], response_types: [] }],
  features: {
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    devInteractions: { enabled: false },
  },
  scopes: ["pipeline:read"],
  ttl: { ClientCredentials: 3600 },
});
const callback = provider.callback();
let ready = false;
const server = createServer((request, response) => {
  if (request.url === "/ready") response.writeHead(ready ? 200 : 503).end();
  else callback(request, response);
});
server.listen(port, "127.0.0.1", async () => {
  const authorization = `Basic ${Buffer.from(`${client.client_id}:${client.client_secret}`).toString("base64")}`;
  const tokens = [];
  for (let index = 0; index < Number(process.env.COUNT); index++) {
    const response = await fetch(`http://127.0.0.1:${port}/token`, {
      method: "POST",
      headers: { authorization },
      body: new URLSearchParams({ grant_type: "client_credentials", scope: "pipeline:read" }),
    });
    const { access_token: token } = await response.json();
    tokens.push(token);
  }
  writeFileSync(process.env.KEYS_FILE ?? "", JSON.stringify({ authorization, tokens }));
  ready = true;
});
