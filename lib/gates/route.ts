import { isUuid } from "@/lib/access/ids";
import type { Origin, Principal } from "@/lib/access/principal";
import { recordTokenUse } from "@/lib/audit/token-use";
import { withDeadline } from "@/lib/deadline";
import { notFound, Problem, problemStatus } from "@/lib/errors";
import {
  type Method,
  methods,
  type Operation,
  type OperationCall,
  type PathOperations,
  type Reply,
} from "@/lib/operation";
import { authenticate } from "./authenticate";
import { authorize, lookUpContext } from "./authorize";
import { readJsonBody, readQuery } from "./body";
import { readContextHeaders } from "./context";
import { originOf } from "./origin";
import { commonHeaders, problemOf, problemResponse } from "./problem-response";

const recordDeadlineMilliseconds = 1000;

/** What Next passes for the path; undefined where the path has no parameters. */
type Parameters = Record<string, string> | undefined;
type Handler = (request: Request, context: { params: Promise<Parameters> }) => Promise<Response>;

/** The handlers of one path. Methods that are not declared answer 405 naming those that are. */
export function routes(operations: PathOperations): Record<Method, Handler> {
  const handlers = methods.map((method) => {
    const handler: Handler = async (request, context) => answer(operations, request, (await context.params)?.id);
    return [method, handler] as const;
  });
  return Object.fromEntries(handlers) as Record<Method, Handler>;
}

/** Answers a request to a path with these operations; `id` is the path's, if it has one. Never throws. */
export async function answer(operations: PathOperations, request: Request, id?: string): Promise<Response> {
  const url = new URL(request.url);
  const origin = originOf(request.headers, request.method, url.pathname);
  try {
    return await perform(operationFor(operations, request.method), request, url, id, origin);
  } catch (error) {
    return problemResponse(problemOf(error, origin), origin);
  }
}

function operationFor(operations: PathOperations, requested: string): Operation {
  // A HEAD is a GET whose body the server leaves out (RFC 9110 §9.3.2).
  const method = methods.find((candidate) => candidate === (requested === "HEAD" ? "GET" : requested));
  const operation = method && operations[method];
  if (operation) return operation;
  const allow = methods.filter((candidate) => operations[candidate]);
  throw new Problem(
    { code: "method_not_allowed", allow },
    `${requested} is not supported here; use ${allow.join(", ")}`,
  );
}

async function perform(
  operation: Operation,
  request: Request,
  url: URL,
  id: string | undefined,
  origin: Origin,
): Promise<Response> {
  const authentication = await authenticate(request);
  const { token } = authentication;
  const record = async (status: number, refusal: string | null): Promise<void> => {
    if (!token) return;
    const use = recordTokenUse({ token, origin, scope: operation.scope, status, refusal });
    await withDeadline(use, recordDeadlineMilliseconds);
  };
  if (!authentication.ok) {
    await record(problemStatus[authentication.problem.details.code], authentication.reason);
    throw authentication.problem;
  }
  try {
    if (id !== undefined && !isUuid(id)) throw notFound("resource");
    const reply = await operation.run(callOf(request, url, id ?? "", authentication.principal, origin));
    await record(reply.status, null);
    return replyResponse(reply, origin);
  } catch (error) {
    // A fault is not an outcome of the call: there is nothing to put on record, and perhaps nowhere to put it.
    if (error instanceof Problem && error.details.code !== "unavailable")
      await record(problemStatus[error.details.code], null);
    throw error;
  }
}

function callOf(request: Request, url: URL, id: string, principal: Principal, origin: Origin): OperationCall {
  const context = () => readContextHeaders(request.headers);
  return {
    id: id.toLowerCase(),
    principal,
    origin,
    authorize: async (scope) => authorize(principal, scope, context(), origin),
    context: async () => lookUpContext(principal, context()),
    query: (schema) => readQuery(url, schema),
    body: (schema) => readJsonBody(request, schema),
  };
}

function replyResponse(reply: Reply, origin: Origin): Response {
  const headers = { ...commonHeaders(origin), ...reply.headers };
  if (reply.body === undefined) return new Response(null, { status: reply.status, headers });
  return new Response(JSON.stringify(reply.body), {
    status: reply.status,
    headers: { ...headers, "content-type": "application/json" },
  });
}
