import type { SignInMethod } from "@/lib/access/principal";
import { env } from "@/lib/env";

/**
 * The age at which a session ends. One that began at the OpenID provider ends sooner: only a new sign-in there tells
 * whether it still knows the person.
 */
export function lifetimeSeconds(method: SignInMethod): number {
  const { SESSION_LIFETIME_SECONDS, OIDC_SESSION_SECONDS } = env;
  return method === "sso" ? Math.min(SESSION_LIFETIME_SECONDS, OIDC_SESSION_SECONDS) : SESSION_LIFETIME_SECONDS;
}
