import type { OrganizationId, TenantId, TokenId, UserId } from "./ids";
import type { PlanId } from "./plans";
import type { RoleId } from "./roles";
import type { Scope } from "./scopes";

/** A role held in a whole organization (tenantId null) or in one tenant of it. */
export interface Membership {
  organizationId: OrganizationId;
  tenantId: TenantId | null;
  role: RoleId;
}

/** What a token is limited to; a missing list means no limit of that kind. */
export interface ResourceLimits {
  datasets?: readonly string[] | undefined;
  pipelines?: readonly string[] | undefined;
}

/** How somebody signed in: with a password of this service's, or at the OpenID provider. */
export type SignInMethod = "password" | "sso";

/** A user signed in with a browser session. */
export interface SessionPrincipal {
  kind: "session";
  method: SignInMethod;
  user: { id: UserId; name: string; email: string };
  /** The user's session version when it was read; what the session makes lives no longer than that is current. */
  sessionVersion: number;
  sessionId: string;
  /** Since the password was last given, here or at the OpenID provider, by the database's clock. */
  authenticatedSecondsAgo: number;
  memberships: readonly Membership[];
  /** Where the user is a member too, but not by the way this session began. */
  ssoRequiredIn: readonly OrganizationId[];
}

/** A working API token, bound to one tenant. */
export interface ApiTokenPrincipal {
  kind: "apiToken";
  token: { id: TokenId; name: string; hint: string };
  organizationId: OrganizationId;
  tenantId: TenantId;
  /** The organization's plan now. */
  plan: PlanId;
  scopes: readonly Scope[];
  resources: ResourceLimits | null;
  /** The creator's rights now; none when the creator is disabled. */
  creatorMemberships: readonly Membership[];
}

/** A working personal token: its user's current rights. */
export interface PersonalTokenPrincipal {
  kind: "personalToken";
  token: { id: TokenId; name: string; hint: string };
  user: { id: UserId; name: string; email: string };
  memberships: readonly Membership[];
  /** Where the user is a member too, but not by the way the session began that made the token. */
  ssoRequiredIn: readonly OrganizationId[];
}

/** Who is calling. Made only by the gates, from a verified session or token. */
export type Principal = SessionPrincipal | ApiTokenPrincipal | PersonalTokenPrincipal;

/** Where and how a call came in: what the audit log says of it. */
export interface Origin {
  /** 32 lower-case hex digits. */
  correlationId: string;
  method: string;
  path: string;
  address: string | null;
  userAgent: string | null;
}
