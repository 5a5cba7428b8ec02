import type { OrganizationId, TenantId } from "./ids";
import { type PlanId, plans } from "./plans";
import type { Membership, Origin, Principal, ResourceLimits } from "./principal";
import { roles } from "./roles";
import { type Scope, sortScopes } from "./scopes";

declare const granted: unique symbol;
declare const grantedInOrganization: unique symbol;

/**
 * Proof that a principal was allowed a scope in a tenant. Queries and mutations demand it, and only `decide` makes it,
 * so code that forgot to ask does not compile.
 */
export interface Grant<S extends Scope> {
  readonly [granted]: S;
  readonly principal: Principal;
  readonly organizationId: OrganizationId;
  readonly tenantId: TenantId;
  /** The organization's plan. */
  readonly plan: PlanId;
  /** Every scope the principal holds here: the most it can pass on. */
  readonly heldScopes: readonly Scope[];
  readonly limits: ResourceLimits;
  readonly origin: Origin;
}

/**
 * Proof that a principal was allowed a scope in an organization as a whole: over its members and its own settings.
 * Only `decideInOrganization` makes it, and a role in one tenant never leads to it.
 */
export interface OrganizationGrant<S extends Scope> {
  readonly [grantedInOrganization]: S;
  readonly principal: Principal;
  readonly organizationId: OrganizationId;
  /** None: what it allows is in no tenant. */
  readonly tenantId: null;
  /** Every scope the principal holds throughout the organization: the most it can pass on. */
  readonly heldScopes: readonly Scope[];
  readonly origin: Origin;
}

/** The organization and tenant a caller named, with what the database knows of that tenant. */
export interface NamedContext {
  organizationId: OrganizationId | null;
  tenantId: TenantId | null;
  /** The organization the named tenant is in; null when there is no such tenant or it was not looked up. */
  tenantOrganizationId: OrganizationId | null;
  /** The plan of that organization. */
  plan: PlanId | null;
}

export type Denial =
  | { code: "insufficient_scope"; scope: Scope }
  | { code: "context_required"; missing: readonly ("organization" | "tenant")[] }
  | { code: "context_mismatch" }
  | { code: "plan_required" }
  | { code: "sso_required" }
  | { code: "not_found" };

export type Located =
  | { located: true; organizationId: OrganizationId; tenantId: TenantId }
  | ({ located: false } & Exclude<Denial, { code: "insufficient_scope" }>);

export type Decision<S extends Scope> = { allowed: true; grant: Grant<S> } | ({ allowed: false } & Denial);

export type OrganizationDecision<S extends Scope> =
  | { allowed: true; grant: OrganizationGrant<S> }
  | ({ allowed: false } & Denial);

export interface Question<S extends Scope> {
  principal: Principal;
  scope: S;
  context: NamedContext;
  /** The deployment's CONTEXT_HEADERS: whether API tokens, too, must name their context. */
  contextHeaders: "optional" | "required";
  origin: Origin;
}

/**
 * The one access decision, whoever the caller: allowed = the role or token grants the scope AND the context matches.
 * Resource limits travel in the grant and are applied by the queries. Unknown is denied.
 */
export function decide<S extends Scope>(question: Question<S>): Decision<S> {
  const { principal, scope, origin } = question;
  const place = locate(principal, question.context, question.contextHeaders);
  if (!place.located) return { ...place, allowed: false };
  const { organizationId, tenantId } = place;
  const plan = principal.kind === "apiToken" ? principal.plan : question.context.plan;
  if (plan === null) return { allowed: false, code: "not_found" };
  if (principal.kind !== "session" && !plans[plan].programmaticAccess) return { allowed: false, code: "plan_required" };
  const heldScopes = effectiveScopes(principal, organizationId, tenantId);
  if (!heldScopes.includes(scope)) return { allowed: false, code: "insufficient_scope", scope };
  const limits = (principal.kind === "apiToken" && principal.resources) || {};
  const facts = { principal, organizationId, tenantId, plan, heldScopes, limits, origin };
  // The only place where a Grant gets its brand.
  const grant = facts as unknown as Grant<S>;
  return { allowed: true, grant };
}

/**
 * The same decision one level up, for what is about an organization and not about a tenant of it: its members and
 * itself. Only roles held throughout the organization count. A tenant's API token reaches no further than the scopes
 * made for this level, and these only while its creator holds them throughout the organization.
 */
export function decideInOrganization<S extends Scope>(question: Question<S>): OrganizationDecision<S> {
  const { principal, scope, origin, context } = question;
  const place = locateOrganization(principal, context, question.contextHeaders);
  if (!place.located) return { ...place, allowed: false };
  const { organizationId } = place;
  const plan = principal.kind === "apiToken" ? principal.plan : context.plan;
  if (plan === null) return { allowed: false, code: "not_found" };
  if (principal.kind !== "session" && !plans[plan].programmaticAccess) return { allowed: false, code: "plan_required" };
  const heldScopes = organizationScopes(principal, organizationId);
  const isOfTenantsOnly = principal.kind === "apiToken" && !dependsOnCreator(scope);
  if (isOfTenantsOnly || !heldScopes.includes(scope)) return { allowed: false, code: "insufficient_scope", scope };
  const facts = { principal, organizationId, tenantId: null, heldScopes, origin };
  // The only place where an OrganizationGrant gets its brand.
  const grant = facts as unknown as OrganizationGrant<S>;
  return { allowed: true, grant };
}

/** Resolves where a call takes place, or why it cannot: design of the context headers. */
export function locate(principal: Principal, context: NamedContext, contextHeaders: "optional" | "required"): Located {
  const missing = [
    ...(context.organizationId === null ? (["organization"] as const) : []),
    ...(context.tenantId === null ? (["tenant"] as const) : []),
  ];
  if (principal.kind === "apiToken") {
    if (contextHeaders === "required" && missing.length > 0)
      return { located: false, code: "context_required", missing };
    const { organizationId, tenantId } = principal;
    const matches =
      (context.organizationId ?? organizationId) === organizationId && (context.tenantId ?? tenantId) === tenantId;
    return matches ? { located: true, organizationId, tenantId } : { located: false, code: "context_mismatch" };
  }
  const { organizationId, tenantId, tenantOrganizationId } = context;
  if (organizationId === null || tenantId === null) return { located: false, code: "context_required", missing };
  const isMember = principal.memberships.some((membership) => covers(membership, organizationId, tenantId));
  if (tenantOrganizationId === organizationId && principal.ssoRequiredIn.includes(organizationId))
    return { located: false, code: "sso_required" };
  // A tenant of another organization and one that does not exist are told apart to no one.
  if (tenantOrganizationId !== organizationId || !isMember) return { located: false, code: "not_found" };
  return { located: true, organizationId, tenantId };
}

type LocatedOrganization =
  | { located: true; organizationId: OrganizationId }
  | ({ located: false } & Exclude<Denial, { code: "insufficient_scope" }>);

function locateOrganization(
  principal: Principal,
  context: NamedContext,
  contextHeaders: "optional" | "required",
): LocatedOrganization {
  if (principal.kind === "apiToken") return locate(principal, context, contextHeaders);
  const { organizationId, tenantId, tenantOrganizationId } = context;
  if (organizationId === null) return { located: false, code: "context_required", missing: ["organization"] };
  const isMember = principal.memberships.some((membership) => membership.organizationId === organizationId);
  if (principal.ssoRequiredIn.includes(organizationId)) return { located: false, code: "sso_required" };
  // A tenant need not be named, but one that is must be the organization's.
  const isElsewhere = tenantId !== null && tenantOrganizationId !== organizationId;
  return isMember && !isElsewhere ? { located: true, organizationId } : { located: false, code: "not_found" };
}

/** Every scope the principal holds throughout this organization now, in catalogue order. */
export function organizationScopes(principal: Principal, organizationId: OrganizationId): Scope[] {
  if (principal.kind !== "apiToken") return scopesThroughout(principal.memberships, organizationId);
  if (principal.organizationId !== organizationId) return [];
  const creatorScopes = new Set(scopesThroughout(principal.creatorMemberships, organizationId));
  return sortScopes(principal.scopes).filter((scope) => creatorScopes.has(scope));
}

function scopesThroughout(memberships: readonly Membership[], organizationId: OrganizationId): Scope[] {
  return sortScopes(
    memberships
      .filter((membership) => membership.organizationId === organizationId && membership.tenantId === null)
      .flatMap((membership) => roles[membership.role].scopes),
  );
}

/** Every scope the principal holds in this tenant now, in catalogue order. */
export function effectiveScopes(principal: Principal, organizationId: OrganizationId, tenantId: TenantId): Scope[] {
  if (principal.kind !== "apiToken") return scopesOfRoles(principal.memberships, organizationId, tenantId);
  if (principal.organizationId !== organizationId || principal.tenantId !== tenantId) return [];
  const scopes = sortScopes(principal.scopes);
  // Most tokens have none such, and every call of every token comes by here.
  if (!scopes.some(dependsOnCreator)) return scopes;
  const creatorScopes = new Set(scopesOfRoles(principal.creatorMemberships, organizationId, tenantId));
  return scopes.filter((scope) => !dependsOnCreator(scope) || creatorScopes.has(scope));
}

/** Data scopes outlive their creator; these work only while the creator still holds them. */
function dependsOnCreator(scope: Scope): boolean {
  return scope.startsWith("organization:") || scope.startsWith("user:");
}

function scopesOfRoles(memberships: readonly Membership[], organizationId: OrganizationId, tenantId: TenantId) {
  return sortScopes(
    memberships
      .filter((membership) => covers(membership, organizationId, tenantId))
      .flatMap((membership) => roles[membership.role].scopes),
  );
}

function covers(membership: Membership, organizationId: OrganizationId, tenantId: TenantId): boolean {
  return (
    membership.organizationId === organizationId && (membership.tenantId === null || membership.tenantId === tenantId)
  );
}
