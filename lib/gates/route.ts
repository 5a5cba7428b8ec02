import { z } from "zod";
import type { Grant, NamedContext } from "@/lib/access/decide";
import { isUuid } from "@/lib/access/ids";
import type { Origin, Principal } from "@/lib/access/principal";
import type { Scope } from "@/lib/access/scopes";
import { recordTokenUse } from "@/lib/audit/token-use";
import { withDeadline } from "@/lib/deadline";
import { notFound, Problem, problemStatus } from "@/lib/errors";
import { authenticate } from "./authenticate";
import { authorize, lookUpContext } from "./authorize";
import { readJsonBody, readQuery } from "./body";
import { readContextHeaders } from "./context";
import { originOf } from "./origin";
import { commonHeaders, problemOf, problemResponse } from "./problem-response";

const recordDeadlineMilliseconds = 1000;
const nothing = z.strictObject({});
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof methods)[number];

/** What a handler answers with; the body is sent as JSON, and none means no content. */
export interface Reply {
  status: 200 | 201 | 204;
  body?: unknown;
}

interface Shapes<Q extends z.ZodType, B extends z.ZodType> {
  query?: Q;
  body?: B;
}

interface Input<Q extends z.ZodType, B extends z.ZodType> {
  /** The `[id]` of the path; any other value of it than a UUID was already answered 404. */
  id: string;
  query: z.output<Q>;
  body: z.output<B>;
}

/** A request whose caller is known; what is left is to decide and to do. */
interface Call {
  request: Request;
  url: URL;
  id: string;
  principal: Principal;
  origin: Origin;
}

/** A declared route: what it needs, and what it does. */
export interface Endpoint {
  /** The scope it demands, or null where any caller of these kinds may ask. */
  scope: Scope | null;
  answer(call: Call): Promise<Reply>;
}

/** A route in a tenant that demands a scope. The handler gets the proof that it was granted. */
export function tenantRoute<
  S extends Scope,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = typeof nothing,
>(
  declaration: { scope: S } & Shapes<Q, B>,
  handle: (input: Input<Q, B> & { grant: Grant<S> }) => Promise<Reply>,
): Endpoint {
  return {
    scope: declaration.scope,
    async answer(call) {
      const context = readContextHeaders(call.request.headers);
      const grant = await authorize(call.principal, declaration.scope, context, call.origin);
      return handle({ ...(await readInput(call, declaration)), grant });
    },
  };
}

/** A route about the caller, which demands no scope but may be closed to some kinds of principal. */
export function callerRoute<K extends Principal["kind"], Q extends z.ZodType = typeof nothing>(
  declaration: { principals: readonly K[]; otherwise?: string; query?: Q },
  handle: (
    input: Input<Q, typeof nothing> & { principal: Extract<Principal, { kind: K }>; context: NamedContext },
  ) => Promise<Reply>,
): Endpoint {
  const isOneOf = (principal: Principal): principal is Extract<Principal, { kind: K }> =>
    declaration.principals.some((kind) => kind === principal.kind);
  return {
    scope: null,
    async answer(call) {
      const { principal } = call;
      if (!isOneOf(principal))
        throw new Problem({ code: "forbidden" }, declaration.otherwise ?? "This is not for callers of this kind");
      const context = await lookUpContext(principal, readContextHeaders(call.request.headers));
      const input = await readInput<Q, typeof nothing>(call, declaration);
      return handle({ ...input, principal, context });
    },
  };
}

/** What Next passes for the path; undefined where the path has no parameters. */
type Parameters = Record<string, string> | undefined;
type Handler = (request: Request, context: { params: Promise<Parameters> }) => Promise<Response>;

/** The handlers of one path. Methods that are not declared answer 405 naming those that are. */
export function routes(endpoints: Partial<Record<Method, Endpoint>>): Record<Method, Handler> {
  const allow = methods.filter((method) => endpoints[method]);
  const handlers = methods.map((method) => [method, handlerOf(method, endpoints[method], allow)] as const);
  return Object.fromEntries(handlers) as Record<Method, Handler>;
}

function handlerOf(method: Method, endpoint: Endpoint | undefined, allow: readonly string[]): Handler {
  return async (request, context) => {
    const url = new URL(request.url);
    const origin = originOf(request.headers, request.method, url.pathname);
    try {
      if (!endpoint)
        throw new Problem(
          { code: "method_not_allowed", allow },
          `${method} is not supported here; use ${allow.join(", ")}`,
        );
      return await answer(endpoint, request, url, await context.params, origin);
    } catch (error) {
      return problemResponse(problemOf(error, origin), origin);
    }
  };
}

async function answer(
  endpoint: Endpoint,
  request: Request,
  url: URL,
  params: Parameters,
  origin: Origin,
): Promise<Response> {
  const authentication = await authenticate(request);
  const { token } = authentication;
  const record = async (status: number, refusal: string | null): Promise<void> => {
    if (!token) return;
    const use = recordTokenUse({ token, origin, scope: endpoint.scope, status, refusal });
    await withDeadline(use, recordDeadlineMilliseconds);
  };
  if (!authentication.ok) {
    await record(problemStatus[authentication.problem.details.code], authentication.reason);
    throw authentication.problem;
  }
  try {
    if (params?.id !== undefined && !isUuid(params.id)) throw notFound("resource");
    const id = params?.id ?? "";
    const reply = await endpoint.answer({ request, url, id, principal: authentication.principal, origin });
    await record(reply.status, null);
    return replyResponse(reply, origin);
  } catch (error) {
    // A fault is not an outcome of the call: there is nothing to put on record, and perhaps nowhere to put it.
    if (error instanceof Problem && error.details.code !== "unavailable")
      await record(problemStatus[error.details.code], null);
    throw error;
  }
}

async function readInput<Q extends z.ZodType, B extends z.ZodType>(call: Call, shapes: Shapes<Q, B>) {
  return {
    id: call.id,
    query: readQuery(call.url, shapes.query ?? nothing) as z.output<Q>,
    body: (shapes.body ? await readJsonBody(call.request, shapes.body) : {}) as z.output<B>,
  };
}

function replyResponse(reply: Reply, origin: Origin): Response {
  if (reply.body === undefined) return new Response(null, { status: reply.status, headers: commonHeaders(origin) });
  return new Response(JSON.stringify(reply.body), {
    status: reply.status,
    headers: { ...commonHeaders(origin), "content-type": "application/json" },
  });
}
