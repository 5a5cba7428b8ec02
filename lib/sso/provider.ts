import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  clockTolerance,
  discovery,
  enableNonRepudiationChecks,
} from "openid-client";
import { refusalOf, SsoRefusal } from "./refusal";
import { type SsoSettings, ssoSettings } from "./settings";

const timeoutSeconds = 5;
/** How far the provider's clock may be from this one's. */
const clockToleranceSeconds = 30;
const keptMilliseconds = 60 * 60 * 1000;

interface Provider {
  settings: SsoSettings;
  configuration: Configuration;
}

let found: { provider: Promise<Provider>; until: number } | null = null;

/**
 * The OpenID provider with what it says of itself (OpenID Connect Discovery 1.0): asked when first needed, and again
 * after an hour or a failure. Throws SsoRefusal when none is set, or it does not answer, or calls itself by another name.
 */
export async function ssoProvider(): Promise<Provider> {
  const settings = ssoSettings();
  if (settings === null) throw new SsoRefusal("sso_not_configured");
  if (found === null || found.until < Date.now())
    found = { provider: discover(settings), until: Date.now() + keptMilliseconds };
  const asked = found;
  try {
    return await asked.provider;
  } catch (error) {
    if (found === asked) found = null;
    throw error;
  }
}

async function discover(settings: SsoSettings): Promise<Provider> {
  const { issuer, clientId, clientSecret } = settings;
  try {
    const configuration = await discovery(
      new URL(issuer),
      clientId,
      { client_secret: clientSecret, [clockTolerance]: clockToleranceSeconds },
      clientAuthentication(clientSecret),
      {
        timeout: timeoutSeconds,
        // The settings allow http on this machine only. Signatures are checked although TLS would do (Core 3.1.3.7).
        execute: [...(issuer.startsWith("http:") ? [allowInsecureRequests] : []), enableNonRepudiationChecks],
      },
    );
    return { settings, configuration };
  } catch (error) {
    const { reason } = refusalOf(error);
    // Whatever is wrong with what it says of itself, nobody can sign in there.
    throw new SsoRefusal(reason === "sso_wrong_issuer" ? reason : "sso_provider_unavailable", error);
  }
}

/** As the provider says it wants to be told the secret; it is HTTP Basic where it does not say (Discovery 1.0, section 3). */
function clientAuthentication(clientSecret: string): ClientAuth {
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const authenticate = methods.includes("client_secret_basic") ? ClientSecretBasic : ClientSecretPost;
    authenticate(clientSecret)(server, client, body, headers);
  };
}
