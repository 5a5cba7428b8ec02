import "server-only";
import type { z } from "zod";
import type { Grant } from "@/lib/access/decide";
import { parseOrganizationId, parseTenantId } from "@/lib/access/ids";
import type { Scope } from "@/lib/access/scopes";
import { type FieldIssue, notFound, Problem, type ProblemCode } from "@/lib/errors";
import { authorize } from "./authorize";
import { fieldIssues } from "./body";
import { currentOrigin, currentSession } from "./page";
import { problemOf } from "./problem-response";

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
 * Runs a server action: principal, decision, validation, mutation. Problems come back as values with the fields at
 * fault; a fault is logged and comes back as `unavailable`.
 */
export async function runAction<S extends Scope, I extends z.ZodType, T extends object>(
  declaration: { scope: S; input: I; path: string; context: ActionContext },
  input: unknown,
  mutate: (grant: Grant<S>, input: z.output<I>) => Promise<T>,
): Promise<ActionResult<T>> {
  const origin = await currentOrigin("POST", declaration.path);
  try {
    const session = await currentSession();
    if (!session)
      throw new Problem({ code: "unauthorized", credentialSent: false }, "Your session has ended. Sign in again.");
    const organizationId = parseOrganizationId(declaration.context.organizationId);
    const tenantId = parseTenantId(declaration.context.tenantId);
    if (organizationId === null || tenantId === null) throw notFound("organization or tenant");
    const grant = await authorize(session, declaration.scope, { organizationId, tenantId }, origin);
    const parsed = declaration.input.safeParse(input);
    if (!parsed.success) {
      const issues = fieldIssues(parsed.error);
      throw new Problem({ code: "invalid_request", issues }, "Some fields need your attention");
    }
    return { ok: true, ...(await mutate(grant, parsed.data)) };
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
