import {
  type Decision,
  type Denial,
  decide,
  decideInOrganization,
  type Grant,
  locate,
  type NamedContext,
  type OrganizationDecision,
  type OrganizationGrant,
} from "@/lib/access/decide";
import { fromRow, parseOrganizationId } from "@/lib/access/ids";
import type { PlanId } from "@/lib/access/plans";
import type { Origin, Principal } from "@/lib/access/principal";
import type { Scope } from "@/lib/access/scopes";
import { preparedDb } from "@/lib/db/client";
import { env } from "@/lib/env";
import { Problem, planRequired, ssoRequired } from "@/lib/errors";
import { type ContextIds, organizationHeader, tenantHeader } from "./context";

/** Asks the one decision; throws the Problem it comes to when the answer is no. */
export async function authorize<S extends Scope>(
  principal: Principal,
  scope: S,
  context: ContextIds,
  origin: Origin,
): Promise<Grant<S>> {
  const decision = await ask(principal, scope, context, origin);
  if (decision.allowed) return decision.grant;
  throw denialProblem(decision);
}

/** Asks the one decision, with what the database knows of the named tenant. */
export async function ask<S extends Scope>(
  principal: Principal,
  scope: S,
  context: ContextIds,
  origin: Origin,
): Promise<Decision<S>> {
  return decide({
    principal,
    scope,
    context: await lookUpContext(principal, context),
    contextHeaders: env.CONTEXT_HEADERS,
    origin,
  });
}

/** Asks the decision about an organization as a whole; throws the Problem it comes to when the answer is no. */
export async function authorizeInOrganization<S extends Scope>(
  principal: Principal,
  scope: S,
  context: ContextIds,
  origin: Origin,
): Promise<OrganizationGrant<S>> {
  const decision = await askInOrganization(principal, scope, context, origin);
  if (decision.allowed) return decision.grant;
  throw denialProblem(decision);
}

/** Asks the decision about an organization as a whole, with what the database knows of it. */
export async function askInOrganization<S extends Scope>(
  principal: Principal,
  scope: S,
  context: ContextIds,
  origin: Origin,
): Promise<OrganizationDecision<S>> {
  return decideInOrganization({
    principal,
    scope,
    context: await lookUpOrganization(principal, context),
    contextHeaders: env.CONTEXT_HEADERS,
    origin,
  });
}

async function lookUpOrganization(principal: Principal, context: ContextIds): Promise<NamedContext> {
  const named = await lookUpContext(principal, context);
  if (principal.kind === "apiToken" || context.organizationId === null) return named;
  if (named.tenantOrganizationId === context.organizationId) return named;
  const organization = await preparedDb.organization.findUnique({
    where: { id: context.organizationId },
    select: { plan: true },
  });
  return { ...named, plan: organization?.plan ?? null };
}

/** Adds which organization the named tenant is in. An API token's binding needs no look-up. */
export async function lookUpContext(principal: Principal, context: ContextIds): Promise<NamedContext> {
  if (principal.kind === "apiToken" || context.tenantId === null)
    return { ...context, tenantOrganizationId: null, plan: null };
  // In every call of a session: Prisma's model API would send two statements.
  const [found] = await preparedDb.$queryRaw<{ organizationId: string; plan: PlanId }[]>`
    select o.id as "organizationId", o.plan::text from tenants t join organizations o on o.id = t.organization_id
    where t.id = ${context.tenantId}::uuid`;
  if (!found) return { ...context, tenantOrganizationId: null, plan: null };
  return { ...context, tenantOrganizationId: fromRow(parseOrganizationId, found.organizationId), plan: found.plan };
}

/** What a denial is called on the wire. */
export function denialProblem(denial: Denial): Problem {
  switch (denial.code) {
    case "insufficient_scope":
      return new Problem(denial, `This needs the scope ${denial.scope}, which the caller does not hold here`);
    case "context_required": {
      const headers = denial.missing.map((kind) => (kind === "organization" ? organizationHeader : tenantHeader));
      return new Problem(denial, `Name the context of this call: send ${headers.join(" and ")}`);
    }
    case "context_mismatch":
      return new Problem(denial, "The token belongs to another organization or tenant than the headers name");
    case "plan_required":
      return planRequired();
    case "sso_required":
      return ssoRequired();
    case "not_found":
      return new Problem(denial, "No such organization or tenant");
  }
}

/** The organization and tenant a call is about. Throws the Problem that locating it comes to. */
export function requirePlace(principal: Principal, context: NamedContext) {
  const place = locate(principal, context, env.CONTEXT_HEADERS);
  if (place.located) return place;
  throw denialProblem(place);
}
