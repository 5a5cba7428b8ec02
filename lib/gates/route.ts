import { isUuid } from "@/lib/access/ids";
import type { Origin, Principal } from "@/lib/access/principal";
import { recordTokenUse, type UsePlace } from "@/lib/audit/token-use";
import { withDeadline } from "@/lib/deadline";
import { notFound, Problem, problemStatus } from "@/lib/errors";
import {
  type CalledOperation,
  type Method,
  methods,
  type Operation,
  type OperationCall,
  type PathOperations,
  type Reply,
  type SignedOperation,
} from "@/lib/operation";
import { rateLimitHeaders } from "@/lib/rate-limit/headers";
import { authenticate } from "./authenticate";
import { authorize, authorizeInOrganization, lookUpContext } from "./authorize";
import { readFormBody, readJsonBody, readQuery, validateJsonBytes } from "./body";
import { readContextHeaders } from "./context";
import { originOf } from "./origin";
import { commonHeaders, problemOf, problemResponse } from "./problem-response";
import { authenticateSignature } from "./signature";

const recordDeadlineMilliseconds = 1000;

/** What Next passes for the path; undefined where the path has no parameters. */
type Parameters = Record<string, string> | undefined;
/** A handler of Next's, with the operation it answers, if the method has one, for the OpenAPI document. */
interface Handler {
  (request: Request, context: { params: Promise<Parameters> }): Promise<Response>;
  operation: Operation | undefined;
}

/** The handlers of one path. Methods that are not declared answer 405 naming those that are. */
export function routes(operations: PathOperations): Record<Method, Handler> {
  const handlers = methods.map((method) => {
    const handle = async (request: Request, context: { params: Promise<Parameters> }) =>
      answer(operations, request, (await context.params)?.id);
    return [method, Object.assign(handle, { operation: operations[method] })] as const;
  });
  return Object.fromEntries(handlers) as Record<Method, Handler>;
}

/** The operations behind the handlers that `routes` made, as a route file exports them. */
export function operationsOf(handlers: Readonly<Record<Method, Handler>>): PathOperations {
  const declared = methods.flatMap((method) => {
    const { operation } = handlers[method];
    return operation ? [[method, operation] as const] : [];
  });
  return Object.fromEntries(declared);
}

/** Answers a request to a path with these operations; `id` is the path's, if it has one. Never throws. */
export async function answer(operations: PathOperations, request: Request, id?: string): Promise<Response> {
  const url = new URL(request.url);
  const origin = originOf(request.headers, request.method, url.pathname);
  const refuse = (error: unknown) => problemResponse(problemOf(error, origin), origin);
  try {
    const operation = operationFor(operations, request.method);
    if (operation.authentication === "signature") return await performSigned(operation, request, url, origin);
    const response = await perform(operation, request, url, id, origin).catch(refuse);
    return operation.gateway ? await operation.gateway.finish(request, response) : response;
  } catch (error) {
    return refuse(error);
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

async function performSigned(
  operation: SignedOperation,
  request: Request,
  url: URL,
  origin: Origin,
): Promise<Response> {
  const { signature, bytes } = await authenticateSignature(request, operation.keys(), origin);
  const reply = await operation.run({
    signature,
    origin,
    query: (schema) => readQuery(url, schema),
    body: (schema) => validateJsonBytes(request, bytes, schema),
  });
  return replyResponse(reply, origin);
}

async function perform(
  operation: CalledOperation,
  request: Request,
  url: URL,
  id: string | undefined,
  origin: Origin,
): Promise<Response> {
  const authentication = await authenticate(request, operation.gateway ? "bearer" : "any", origin);
  const { token, quota } = authentication;
  const { scope, gateway } = operation;
  const askedFor = gateway?.describe(request) ?? { scope };
  let place: UsePlace | null = null;
  const record = async (status: number, refusal: string | null): Promise<void> => {
    if (!token) return;
    // An API token is on record in its own tenant; a personal token where it was let in.
    const where = token.tenantId === null && place !== null ? place : token;
    const use = recordTokenUse({ token, place: where, origin, status, refusal, ...askedFor });
    await withDeadline(use, recordDeadlineMilliseconds);
  };
  const response = await outcome();
  for (const [name, value] of Object.entries(quota ? rateLimitHeaders(quota) : {})) response.headers.set(name, value);
  return response;

  async function outcome(): Promise<Response> {
    try {
      if (!authentication.ok) throw authentication.problem;
      if (id !== undefined && !isUuid(id)) throw notFound("resource");
      const call = callOf(request, url, id ?? "", authentication.principal, origin, (grant) => {
        place = grant;
      });
      const reply = await operation.run(call);
      await record(reply.status, null);
      return replyResponse(reply, origin);
    } catch (error) {
      const problem = problemOf(error, origin);
      // A fault is not an outcome of the call: there is nothing to put on record, and perhaps nowhere to put it.
      if (problem.details.code !== "unavailable")
        await record(problemStatus[problem.details.code], authentication.ok ? null : authentication.reason);
      return problemResponse(problem, origin);
    }
  }
}

function callOf(
  request: Request,
  url: URL,
  id: string,
  principal: Principal,
  origin: Origin,
  onGrant: (grant: UsePlace) => void,
): OperationCall {
  const context = () => readContextHeaders(request.headers);
  const noted = <G extends UsePlace>(grant: G): G => {
    onGrant(grant);
    return grant;
  };
  return {
    id: id.toLowerCase(),
    principal,
    origin,
    accept: request.headers.get("accept"),
    authorize: async (scope) => noted(await authorize(principal, scope, context(), origin)),
    authorizeInOrganization: async (scope) => noted(await authorizeInOrganization(principal, scope, context(), origin)),
    context: async () => lookUpContext(principal, context()),
    query: (schema) => readQuery(url, schema),
    body: (schema, type) => (type === "form" ? readFormBody : readJsonBody)(request, schema),
  };
}

/** The answer for a reply, streamed where it is a stream. */
export function replyResponse(reply: Reply, origin: Origin): Response {
  const headers = { ...commonHeaders(origin), ...reply.headers };
  if (reply.stream) {
    const { type, chunks } = reply.stream;
    const body = streamOf(chunks);
    return new Response(body, {
      status: reply.status,
      headers: { ...headers, "content-type": `${type}; charset=utf-8` },
    });
  }
  if (reply.body === undefined) return new Response(null, { status: reply.status, headers });
  return new Response(JSON.stringify(reply.body), {
    status: reply.status,
    headers: { ...headers, "content-type": "application/json" },
  });
}

/** Chunks as they are asked for: a slow reader slows the source, and one that leaves ends it. */
function streamOf(chunks: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
