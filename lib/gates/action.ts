import "server-only";
import type { z } from "zod";
import type { Grant, OrganizationGrant } from "@/lib/access/decide";
import { parseOrganizationId, parseTenantId } from "@/lib/access/ids";
import type { Origin, SessionPrincipal } from "@/lib/access/principal";
import type { Scope } from "@/lib/access/scopes";
import { type FieldIssue, notFound, Problem, type ProblemCode } from "@/lib/errors";
import { authorize, authorizeInOrganization } from "./authorize";
import { fieldIssues } from "./body";
import { currentOrigin, currentSession } from "./page";
import { problemOf } from "./problem-answer";

/** What a server action tells the form that called it. */
export type ActionResult<T> =
  | ({ ok: true } & T)
  | { ok: false; code: ProblemCode; message: string; issues: readonly FieldIssue[]; correlationId: string };

/** The organization and tenant a form belongs to. They come from the browser and prove nothing. */
export interface ActionContext {
  organizationId: string;
  tenantId: string;
}

/**
 * Runs a server action in a tenant: principal, decision, validation, mutation. Problems come back as values with the
 * fields at fault; a fault is logged and comes back as `unavailable`.
 */
export async function runAction<S extends Scope, I extends z.ZodType, T extends object>(
  declaration: { scope: S; input: I; path: string; context: ActionContext },
  input: unknown,
  mutate: (grant: Grant<S>, input: z.output<I>) => Promise<T>,
): Promise<ActionResult<T>> {
  return perform(declaration.path, async (session, origin) => {
    const organizationId = parseOrganizationId(declaration.context.organizationId);
    const tenantId = parseTenantId(declaration.context.tenantId);
    if (organizationId === null || tenantId === null) throw notFound("organization or tenant");
    const grant = await authorize(session, declaration.scope, { organizationId, tenantId }, origin);
    return mutate(grant, checked(declaration.input, input));
  });
}

/** Runs a server action about an organization as a whole: as `runAction`, with the decision one level up. */
export async function runOrganizationAction<S extends Scope, I extends z.ZodType, T extends object>(
  declaration: { scope: S; input: I; path: string; organizationId: string },
  input: unknown,
  mutate: (grant: OrganizationGrant<S>, input: z.output<I>) => Promise<T>,
): Promise<ActionResult<T>> {
  return perform(declaration.path, async (session, origin) => {
    const organizationId = parseOrganizationId(declaration.organizationId);
    if (organizationId === null) throw notFound("organization");
    const context = { organizationId, tenantId: null };
    const grant = await authorizeInOrganization(session, declaration.scope, context, origin);
    return mutate(grant, checked(declaration.input, input));
  });
}

/** Runs a server action about the signed-in user, who needs no scope for it. */
export async function runCallerAction<I extends z.ZodType, T extends object>(
  declaration: { input: I; path: string },
  input: unknown,
  mutate: (session: SessionPrincipal, origin: Origin, input: z.output<I>) => Promise<T>,
): Promise<ActionResult<T>> {
  return perform(declaration.path, (session, origin) => mutate(session, origin, checked(declaration.input, input)));
}

async function perform<T extends object>(
  path: string,
  act: (session: SessionPrincipal, origin: Origin) => Promise<T>,
): Promise<ActionResult<T>> {
  const origin = await currentOrigin("POST", path);
  try {
    const session = await currentSession();
    if (!session)
      throw new Problem({ code: "unauthorized", credentialSent: false }, "Your session has ended. Sign in again.");
    return { ok: true, ...(await act(session, origin)) };
  } catch (error) {
    const problem = problemOf(error, origin);
    return {
      ok: false,
      code: problem.details.code,
      message: problem.message,
      issues: problem.details.code === "invalid_request" ? problem.details.issues : [],
      correlationId: origin.correlationId,
    };
  }
}

function checked<I extends z.ZodType>(schema: I, input: unknown): z.output<I> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Problem({ code: "invalid_request", issues: fieldIssues(parsed.error) }, "Some fields need your attention");
}
