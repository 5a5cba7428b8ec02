import type { OrganizationId, TenantId } from "./ids";
import type { Membership, Origin, Principal, ResourceLimits } from "./principal";
import { roles } from "./roles";
import { type Scope, sortScopes } from "./scopes";

declare const granted: unique symbol;

/**
 * Proof that a principal was allowed a scope in a tenant. Queries and mutations demand it, and only `decide` makes it,
 * so code that forgot to ask does not compile.
 */
export interface Grant<S extends Scope> {
  readonly [granted]: S;
  readonly principal: Principal;
  readonly organizationId: OrganizationId;
  readonly tenantId: TenantId;
  /** Every scope the principal holds here: the most it can pass on. */
  readonly heldScopes: readonly Scope[];
  readonly limits: ResourceLimits;
  readonly origin: Origin;
}

/** The organization and tenant a caller named, with what the database knows of that tenant. */
export interface NamedContext {
  organizationId: OrganizationId | null;
  tenantId: TenantId | null;
  /** The organization the named tenant is in; null when there is no such tenant or it was not looked up. */
  tenantOrganizationId: OrganizationId | null;
}

export type Denial =
  | { code: "insufficient_scope"; scope: Scope }
  | { code: "context_required"; missing: readonly ("organization" | "tenant")[] }
  | { code: "context_mismatch" }
  | { code: "not_found" };

export type Located =
  | { located: true; organizationId: OrganizationId; tenantId: TenantId }
  | ({ located: false } & Exclude<Denial, { code: "insufficient_scope" }>);

export type Decision<S extends Scope> = { allowed: true; grant: Grant<S> } | ({ allowed: false } & Denial);

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
  const heldScopes = effectiveScopes(principal, organizationId, tenantId);
  if (!heldScopes.includes(scope)) return { allowed: false, code: "insufficient_scope", scope };
  const limits = (principal.kind === "apiToken" && principal.resources) || {};
  const facts = { principal, organizationId, tenantId, heldScopes, limits, origin };
  // The only place where a Grant gets its brand.
  const grant = facts as unknown as Grant<S>;
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
  // A tenant of another organization and one that does not exist are told apart to no one.
  if (tenantOrganizationId !== organizationId || !isMember) return { located: false, code: "not_found" };
  return { located: true, organizationId, tenantId };
}

/** Every scope the principal holds in this tenant now, in catalogue order. */
export function effectiveScopes(principal: Principal, organizationId: OrganizationId, tenantId: TenantId): Scope[] {
  if (principal.kind !== "apiToken") return scopesOfRoles(principal.memberships, organizationId, tenantId);
  if (principal.organizationId !== organizationId || principal.tenantId !== tenantId) return [];
  const creatorScopes = new Set(scopesOfRoles(principal.creatorMemberships, organizationId, tenantId));
  return sortScopes(principal.scopes).filter((scope) => !dependsOnCreator(scope) || creatorScopes.has(scope));
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
