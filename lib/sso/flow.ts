import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { type Attempt, claimState, sealAttempt, unsealAttempt } from "./attempt";
import { personOf, type SsoPerson } from "./identity";
import { ssoProvider } from "./provider";
import { refusalOf, SsoRefusal } from "./refusal";

/** OpenID Connect's authorization code flow with PKCE (RFC 7636), state and nonce. */

/** Begins a sign-in: where to send the browser, and what it has to keep until it is back. Throws SsoRefusal. */
export async function beginSso(
  attempt: Pick<Attempt, "returnTo" | "reauthenticates">,
  redirectUri: string,
): Promise<{ url: URL; state: string; kept: string }> {
  const { configuration, settings } = await ssoProvider();
  const [state, nonce, codeVerifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: settings.scopes,
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: "S256",
    ...(attempt.reauthenticates !== null && { prompt: "login", max_age: "0" }),
  });
  return { url, state, kept: sealAttempt({ ...attempt, nonce, codeVerifier, startedAt: Date.now() }, state) };
}

/**
 * Ends a sign-in: the browser is back, with what it kept. Each state is taken once, each code by the provider once.
 * Tells what was begun as soon as it is known, and throws SsoRefusal with the exact reason.
 */
export async function finishSso(
  returned: URL,
  kept: string | undefined,
  onBegun: (attempt: Attempt) => void,
): Promise<{ attempt: Attempt; person: SsoPerson }> {
  const state = returned.searchParams.get("state") ?? "";
  const attempt = unsealAttempt(kept, state);
  if (attempt === null) throw new SsoRefusal("sso_unknown_state");
  onBegun(attempt);
  if (!(await claimState(state))) throw new SsoRefusal("sso_state_replayed");
  const provider = await ssoProvider();
  try {
    const tokens = await authorizationCodeGrant(provider.configuration, returned, {
      expectedState: state,
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new SsoRefusal("sso_invalid_response");
    return { attempt, person: await personOf(provider, tokens, claims) };
  } catch (error) {
    throw refusalOf(error);
  }
}
