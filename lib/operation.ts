import { z } from "zod";
import type { Grant, NamedContext } from "@/lib/access/decide";
import type { Origin, Principal } from "@/lib/access/principal";
import type { Scope } from "@/lib/access/scopes";
import type { ProblemCode } from "@/lib/errors";

/**
 * An operation of the API: what it needs, takes and answers, and what it does. The route wrapper runs it, the OpenAPI
 * document describes it, and the tests are generated from it.
 */
export interface Operation extends Description {
  /** The scope it demands, or null where any caller of these kinds may ask. */
  scope: Scope | null;
  principals: readonly Principal["kind"][];
  query: z.ZodType | null;
  body: z.ZodType | null;
  run(call: OperationCall): Promise<Reply>;
}

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];
export type PathOperations = Partial<Record<Method, Operation>>;

/** What a handler answers with; the body is sent as JSON, and none means no content. */
export interface Reply {
  status: 200 | 201 | 204;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What a gate offers an operation it runs: each asks, reads or refuses when called. */
export interface OperationCall {
  /** The `[id]` of the path, a UUID; empty where the path has none. */
  id: string;
  principal: Principal;
  origin: Origin;
  authorize<S extends Scope>(scope: S): Promise<Grant<S>>;
  context(): Promise<NamedContext>;
  query<Q extends z.ZodType>(schema: Q): z.output<Q>;
  body<B extends z.ZodType>(schema: B): Promise<z.output<B>>;
}

interface Description {
  summary: string;
  description?: string;
  /** The answers when it goes well. */
  responses: Partial<Record<Reply["status"], { description: string; schema?: z.ZodType }>>;
  /** The errors beyond those that every operation of its kind can answer with. */
  errors?: readonly ProblemCode[];
}

interface Input<Q extends z.ZodType, B extends z.ZodType> {
  id: string;
  query: z.output<Q>;
  body: z.output<B>;
  origin: Origin;
}

const nothing = z.strictObject({});
type Nothing = typeof nothing;
const everyKind = ["session", "apiToken", "personalToken"] as const;

/** An operation in a tenant that demands a scope. Its handler gets the proof that the scope was granted. */
export function tenantOperation<S extends Scope, Q extends z.ZodType = Nothing, B extends z.ZodType = Nothing>(
  declaration: Description & {
    scope: S;
    query?: Q;
    body?: B;
    handle(input: Input<Q, B> & { grant: Grant<S> }): Promise<Reply>;
  },
): Operation {
  const { handle, scope, ...description } = declaration;
  return {
    ...described(description),
    scope,
    principals: everyKind,
    async run(call) {
      const grant = await call.authorize(scope);
      return handle({ ...(await readInput<Q, B>(call, declaration)), grant });
    },
  };
}

/** An operation about the caller, which demands no scope but may be closed to some kinds of principal. */
export function callerOperation<K extends Principal["kind"], Q extends z.ZodType = Nothing>(
  declaration: Description & {
    principals: readonly K[];
    query?: Q;
    handle(
      input: Input<Q, Nothing> & { principal: Extract<Principal, { kind: K }>; context(): Promise<NamedContext> },
    ): Promise<Reply>;
    /** What callers of other kinds are told. */
    refuse(): Error;
  },
): Operation {
  const { handle, refuse, principals, ...description } = declaration;
  const isOneOf = (principal: Principal): principal is Extract<Principal, { kind: K }> =>
    principals.some((kind) => kind === principal.kind);
  return {
    ...described(description),
    scope: null,
    principals,
    async run(call) {
      const { principal } = call;
      if (!isOneOf(principal)) throw refuse();
      const context = () => call.context();
      return handle({ ...(await readInput<Q, Nothing>(call, declaration)), principal, context });
    },
  };
}

/** The shape of every list: a page, and the cursor of the next one. */
export function listOf(item: z.ZodType) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** The paging parameters of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe("How many items a page holds"),
  cursor: z.string().max(1024).optional().describe("The nextCursor of the page before"),
};

interface Shapes<Q extends z.ZodType, B extends z.ZodType> {
  query?: Q;
  body?: B;
}

async function readInput<Q extends z.ZodType, B extends z.ZodType>(call: OperationCall, shapes: Shapes<Q, B>) {
  return {
    id: call.id,
    origin: call.origin,
    query: call.query(shapes.query ?? nothing) as z.output<Q>,
    body: (shapes.body ? await call.body(shapes.body) : {}) as z.output<B>,
  };
}

function described<Q extends z.ZodType, B extends z.ZodType>(declaration: Description & Shapes<Q, B>) {
  return { ...declaration, query: declaration.query ?? null, body: declaration.body ?? null };
}
