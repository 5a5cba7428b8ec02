import {
  fetchUserInfo,
  type IDToken,
  type TokenEndpointResponse,
  type TokenEndpointResponseHelpers,
} from "openid-client";
import { z } from "zod";
import type { ssoProvider } from "./provider";
import { SsoRefusal } from "./refusal";

/** Who the provider says a person is. */
export interface SsoPerson {
  issuer: string;
  subject: string;
  /** Lower case; null unless the provider vouches for it. */
  verifiedEmail: string | null;
  name: string | null;
  groups: readonly string[];
  /** When they last proved who they are there; null: it does not say. */
  authenticatedAt: Date | null;
}

const claimsSchema = z.object({
  email: z.email().toLowerCase().max(254).optional().catch(undefined),
  // Some providers write it as text.
  email_verified: z.union([z.boolean(), z.stringbool()]).optional().catch(undefined),
  name: z.string().trim().min(1).max(80).optional().catch(undefined),
});
const groupsSchema = z.union([z.array(z.string()), z.string().transform((group) => [group])]).catch([]);

type Provider = Awaited<ReturnType<typeof ssoProvider>>;

/** Reads a person from their checked ID token and, for what it lacks, from the provider's UserInfo endpoint. */
export async function personOf(
  { configuration, settings }: Provider,
  tokens: TokenEndpointResponse & TokenEndpointResponseHelpers,
  claims: IDToken,
): Promise<SsoPerson> {
  const isComplete = claims.email !== undefined && claims[settings.groupsClaim] !== undefined;
  const asksMore = !isComplete && configuration.serverMetadata().userinfo_endpoint !== undefined;
  const more: Record<string, unknown> = asksMore
    ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
    : {};
  const all: Record<string, unknown> = { ...more, ...claims };
  // An address and whether it is verified, from one place: a claim about another address says nothing of this one.
  const { email: address, email_verified: verified } = claims.email === undefined ? more : claims;
  const read = claimsSchema.safeParse({ name: all.name, email: address, email_verified: verified });
  if (!read.success) throw new SsoRefusal("sso_invalid_response", read.error);
  const { email, email_verified: isVerified, name } = read.data;
  return {
    issuer: claims.iss,
    subject: claims.sub,
    verifiedEmail: email !== undefined && isVerified === true ? email : null,
    name: name ?? null,
    groups: groupsSchema.parse(all[settings.groupsClaim]),
    authenticatedAt: claims.auth_time === undefined ? null : new Date(claims.auth_time * 1000),
  };
}
