import { isUuid } from "@/lib/access/ids";
import type { Origin, Principal } from "@/lib/access/principal";
import { recordTokenUse, type UsePlace } from "@/lib/audit/token-use";
import { decisionMilliseconds } from "@/lib/deadline";
import { notFound, Problem, type ProblemCode, problemStatus } from "@/lib/errors";
import { readIdempotencyKey } from "@/lib/idempotency/key";
import { type Outcome, observer } from "@/lib/metrics/observer";
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
import { type ApiAnswer, type ApiRequest, apiRequest, webResponse } from "./message";
import { originOf } from "./origin";
import { commonHeaders, problemAnswer, problemOf } from "./problem-answer";
import { authenticateSignature } from "./signature";

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
      webResponse(await answer(operations, apiRequest(request), (await context.params)?.id));
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
export async function answer(operations: PathOperations, request: ApiRequest, id?: string): Promise<ApiAnswer> {
  const origin = originOf(request.headers, request.method, request.url.pathname);
  const refuse = (error: unknown) => problemAnswer(problemOf(error, origin), origin);
  try {
    const operation = operationFor(operations, request.method);
    if (operation.authentication === "signature") return await performSigned(operation, request, origin);
    const performed = await perform(operation, request, id, origin).catch((error: unknown) => {
      observeVerdict(request, "undecided", "unavailable");
      return refuse(error);
    });
    return operation.gateway ? operation.gateway.finish(request, performed) : performed;
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

async function performSigned(operation: SignedOperation, request: ApiRequest, origin: Origin): Promise<ApiAnswer> {
  const { signature, bytes } = await authenticateSignature(request, operation.keys(), origin);
  const reply = await operation.run({
    signature,
    origin,
    query: (schema) => readQuery(request.url, schema),
    body: (schema) => validateJsonBytes(request, bytes, schema),
  });
  return replyAnswer(reply, origin);
}

async function perform(
  operation: CalledOperation,
  request: ApiRequest,
  id: string | undefined,
  origin: Origin,
): Promise<ApiAnswer> {
  const begunAt = performance.now();
  const authentication = await authenticate(request, operation.gateway ? "bearer" : "any", origin);
  const leftMilliseconds = decisionMilliseconds - (performance.now() - begunAt);
  const { token, quota } = authentication;
  const { scope, gateway } = operation;
  const askedFor = gateway?.describe(request) ?? { scope };
  let place: UsePlace | null = null;
  const record = async (status: number, refusal: string | null): Promise<void> => {
    if (!token) return;
    // An API token is on record in its own tenant; a personal token where it was let in.
    const where = token.tenantId === null && place !== null ? place : token;
    const due = performance.now() + leftMilliseconds;
    await recordTokenUse({ token, place: where, origin, status, refusal, ...askedFor, due });
  };
  const performed = await outcome();
  if (quota) Object.assign(performed.headers, rateLimitHeaders(quota));
  return performed;

  async function outcome(): Promise<ApiAnswer> {
    try {
      if (!authentication.ok) throw authentication.problem;
      if (id !== undefined && !isUuid(id)) throw notFound("resource");
      const call = callOf(request, id ?? "", authentication.principal, origin, (grant) => {
        place = grant;
      });
      const reply = await operation.run(call);
      await record(reply.status, null);
      observeVerdict(request, "allowed", "none");
      return replyAnswer(reply, origin);
    } catch (error) {
      const problem = problemOf(error, origin);
      // A fault is not an outcome of the call: there is nothing to put on record, and perhaps nowhere to put it.
      const { code } = problem.details;
      if (code !== "unavailable") await record(problemStatus[code], authentication.ok ? null : authentication.reason);
      observeVerdict(request, outcomeOf(code), authentication.ok ? reasonOf(code) : (authentication.reason ?? code));
      return problemAnswer(problem, origin);
    }
  }
}

/** The metrics count what was decided about bearer tokens. */
function observeVerdict(request: ApiRequest, outcome: Outcome, reason: string): void {
  const listening = observer();
  if (listening && request.headers.get("authorization") !== null) listening.decided(outcome, reason);
}

/** A token whose call was refused for what it asked, not for what it may, was let in. */
function outcomeOf(code: ProblemCode): Outcome {
  if (code === "unavailable") return "undecided";
  return [401, 403, 429].includes(problemStatus[code]) ? "refused" : "allowed";
}

function reasonOf(code: ProblemCode): string {
  return outcomeOf(code) === "allowed" ? "none" : code;
}

function callOf(
  request: ApiRequest,
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
    idempotencyKey: () => readIdempotencyKey(request.headers),
    authorize: async (scope) => noted(await authorize(principal, scope, context(), origin)),
    authorizeInOrganization: async (scope) => noted(await authorizeInOrganization(principal, scope, context(), origin)),
    context: async () => lookUpContext(principal, context()),
    query: (schema) => readQuery(request.url, schema),
    body: (schema, type) => (type === "form" ? readFormBody : readJsonBody)(request, schema),
  };
}

/** The answer for a reply, streamed where it is a stream. */
export function replyAnswer({ status, headers: own, body, stream }: Reply, origin: Origin): ApiAnswer {
  const headers = { ...commonHeaders(origin), ...own };
  if (stream)
    return { status, headers: { ...headers, "content-type": `${stream.type}; charset=utf-8` }, body: stream.chunks };
  if (body === undefined) return { status, headers, body: null };
  return { status, headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
}
