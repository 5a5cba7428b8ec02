import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Provider } from "oidc-provider";

/** A person at the provider. */
export interface ProviderAccount {
  email: string;
  emailVerified?: boolean;
  name: string;
  groups: string[];
  disabled?: boolean;
}

/** A real OpenID provider on this machine, whose login page asks for an e-mail address only. */
export async function startOpenidProvider() {
  const accounts = new Map<string, ProviderAccount>();
  let serving = false;
  let handle: (request: IncomingMessage, response: ServerResponse) => unknown = (_, response) =>
    response.writeHead(503).end();
  const server = createServer((request, response) => void handle(request, response));
  // Another site than the service's, whose pages are on 127.0.0.1.
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The provider has no port");
  const issuer = `http://localhost:${address.port}`;
  const client = { client_id: "praxis", client_secret: "a-secret-of-the-stories-only" };

  /** Serves the service at this address; until then the provider is down. */
  function serve(serviceUrl: string): void {
    if (serving) return;
    serving = true;
    const provider = new Provider(issuer, {
      clients: [
        { ...client, redirect_uris: [`${serviceUrl}/sign-in/sso/callback`], grant_types: ["authorization_code"] },
      ],
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"], groups: ["groups"] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      pkce: { required: () => true },
      findAccount: (_, sub) => {
        const account = accounts.get(sub);
        if (!account || account.disabled) return undefined;
        const { email, emailVerified: email_verified = true, name, groups } = account;
        return { accountId: sub, claims: () => ({ sub, email, email_verified, name, groups }) };
      },
      // The operator has consented for everybody.
      async loadExistingGrant({ oidc }) {
        const accountId = oidc.session?.accountId;
        const clientId = oidc.client?.clientId;
        if (accountId === undefined || clientId === undefined) return undefined;
        const grant = new oidc.provider.Grant({ accountId, clientId });
        grant.addOIDCScope("openid email profile groups");
        await grant.save();
        return grant;
      },
    });
    const callback = provider.callback();
    handle = async (request, response) => {
      if (!request.url?.startsWith("/interaction/")) return callback(request, response);
      if (request.method !== "POST") return response.setHeader("content-type", "text/html").end(loginPage);
      let body = "";
      for await (const chunk of request) body += String(chunk);
      const sub = new URLSearchParams(body).get("email") ?? "";
      const account = accounts.get(sub);
      const result = account && !account.disabled ? { login: { accountId: sub } } : { error: "access_denied" };
      return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    };
  }

  return {
    settings: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: client.client_id,
      OIDC_CLIENT_SECRET: client.client_secret,
      OIDC_NAME: "Acme Login",
      OIDC_SCOPES: "openid email profile groups",
    },
    serve,
    /** Adds a person who signs in with this e-mail address. */
    add(account: ProviderAccount): ProviderAccount {
      accounts.set(account.email, account);
      return account;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const loginPage = `<!doctype html><html lang="en"><title>Acme Login</title>
<form method="post"><label>Account <input name="email" autofocus></label><button>Log in</button></form>`;
