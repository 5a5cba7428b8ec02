import { db } from "@/lib/db/client";
import { env } from "@/lib/env";

/** The OpenID provider of this deployment, as it is set; null when there is none. */
export function ssoSettings() {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  return {
    issuer,
    clientId,
    clientSecret,
    name: env.OIDC_NAME,
    scopes: env.OIDC_SCOPES,
    groupsClaim: env.OIDC_GROUPS_CLAIM,
    roleMap: env.OIDC_ROLE_MAP,
  };
}

export type SsoSettings = NonNullable<ReturnType<typeof ssoSettings>>;

/** Whether every organization requires single sign-on, so that a password is of use to owners only. */
export async function isSsoRequiredEverywhere(): Promise<boolean> {
  if (ssoSettings() === null) return false;
  return (await db.organization.findFirst({ where: { ssoRequired: false }, select: { id: true } })) === null;
}
