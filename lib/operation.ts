import { z } from "zod";
import type { Grant, NamedContext, OrganizationGrant } from "@/lib/access/decide";
import type { Origin, Principal } from "@/lib/access/principal";
import type { Scope } from "@/lib/access/scopes";
import type { ProblemCode } from "@/lib/errors";
import type { ApiAnswer, ApiRequest } from "@/lib/gates/message";
import type { SigningKeys, VerifiedSignature } from "@/lib/leaks/signature";

/**
 * An operation of the API: what it needs, takes and answers, and what it does. The route wrapper runs it, the OpenAPI
 * document describes it, and the tests are generated from it.
 */
export type Operation = CalledOperation | SignedOperation;

/** What the document and the tests know of an operation. */
interface Facts extends Description {
  /** The scope it demands, or null where any caller of these kinds may ask. */
  scope: Scope | null;
  principals: readonly Principal["kind"][];
  /** Whether it takes place in a tenant, which the context headers may name. */
  inTenant: boolean;
  /** Whether it is about an organization as a whole: sessions and personal tokens name it, and no tenant. */
  inOrganization: boolean;
  query: z.ZodType | null;
  body: z.ZodType | null;
  bodyType: BodyType;
  takesIdempotencyKey: boolean;
}

/** An operation that a principal calls. */
export interface CalledOperation extends Facts {
  authentication: "principal";
  gateway?: GatewayPart | undefined;
  run(call: OperationCall): Promise<Reply>;
}

/** An operation without a principal: a signature over the body says who sent it. */
export interface SignedOperation extends Facts {
  authentication: "signature";
  /** The keys that may sign, or null where none are configured: then there is no such operation. */
  keys(): SigningKeys | null;
  run(call: SignedCall): Promise<Reply>;
}

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];
export type PathOperations = Partial<Record<Method, Operation>>;

/** How a body is encoded: JSON, but for the form that RFC 7662 demands. */
export type BodyType = "json" | "form";

/**
 * What makes an operation one that gateways call on behalf of their clients. Only the client's bearer token
 * authenticates it, and nothing here takes part in the decision.
 */
export interface GatewayPart {
  /** What the gateway says it was asked, and the scopes it wants for that: for the record of the token's use. */
  describe(request: ApiRequest): { scope: string | null; forwarded: { method: string | null; path: string | null } };
  /** The answer, whatever it is, as the gateway can pass it on. */
  finish(request: ApiRequest, answer: ApiAnswer): ApiAnswer;
}

/** What a handler answers with; the body is sent as JSON, and none means no content. */
export interface Reply {
  status: 200 | 201 | 204;
  body?: unknown;
  headers?: Record<string, string>;
  /** Sent chunk by chunk instead of a body, for answers of any length. */
  stream?: { type: string; chunks: AsyncIterable<string> };
}

/** What a gate offers an operation it runs: each asks, reads or refuses when called. */
export interface OperationCall {
  /** The `[id]` of the path, a UUID; empty where the path has none. */
  id: string;
  principal: Principal;
  origin: Origin;
  /** The Accept header. */
  accept: string | null;
  /** The Idempotency-Key header; null without one. Throws 400 naming what is wrong with it. */
  idempotencyKey(): string | null;
  authorize<S extends Scope>(scope: S): Promise<Grant<S>>;
  authorizeInOrganization<S extends Scope>(scope: S): Promise<OrganizationGrant<S>>;
  context(): Promise<NamedContext>;
  query<Q extends z.ZodType>(schema: Q): z.output<Q>;
  body<B extends z.ZodType>(schema: B, type: BodyType): Promise<z.output<B>>;
}

/** What a gate offers an operation whose signature it has verified. */
export interface SignedCall {
  signature: VerifiedSignature;
  origin: Origin;
  query<Q extends z.ZodType>(schema: Q): z.output<Q>;
  body<B extends z.ZodType>(schema: B): z.output<B>;
}

interface Description {
  summary: string;
  description?: string;
  /** The answers when it goes well; `streams` are the media types that an Accept header may ask for instead of JSON. */
  responses: Partial<Record<Reply["status"], { description: string; schema?: z.ZodType; streams?: readonly string[] }>>;
  /** Whether a retry that sends the same Idempotency-Key gets the first answer again, and its handler sees to it. */
  takesIdempotencyKey?: boolean;
  /** The errors beyond those that every operation of its kind can answer with. */
  errors?: readonly ProblemCode[];
}

interface Input<Q extends z.ZodType, B extends z.ZodType> {
  id: string;
  query: z.output<Q>;
  body: z.output<B>;
  origin: Origin;
  accept: string | null;
  /** Null unless the operation takes one and the caller sent it. */
  idempotencyKey: string | null;
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
    bodyType?: BodyType;
    handle(input: Input<Q, B> & { grant: Grant<S> }): Promise<Reply>;
  },
): CalledOperation {
  const { handle, scope, ...description } = declaration;
  return {
    ...described(description),
    authentication: "principal",
    scope,
    principals: everyKind,
    inTenant: true,
    inOrganization: false,
    async run(call) {
      const grant = await call.authorize(scope);
      return handle({ ...(await readInput<Q, B>(call, declaration)), grant });
    },
  };
}

/** An operation about an organization as a whole. Its handler gets the proof that the scope is held throughout it. */
export function organizationOperation<S extends Scope, Q extends z.ZodType = Nothing, B extends z.ZodType = Nothing>(
  declaration: Description & {
    scope: S;
    query?: Q;
    body?: B;
    handle(input: Input<Q, B> & { grant: OrganizationGrant<S> }): Promise<Reply>;
  },
): CalledOperation {
  const { handle, scope, ...description } = declaration;
  return {
    ...described(description),
    authentication: "principal",
    scope,
    principals: everyKind,
    inTenant: false,
    inOrganization: true,
    async run(call) {
      const grant = await call.authorizeInOrganization(scope);
      return handle({ ...(await readInput<Q, B>(call, declaration)), grant });
    },
  };
}

/** An operation about the caller, which demands no scope but may be closed to some kinds of principal. */
export function callerOperation<
  K extends Principal["kind"],
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(
  declaration: Description & {
    principals: readonly K[];
    inTenant?: boolean;
    gateway?: GatewayPart;
    query?: Q;
    body?: B;
    handle(
      input: Input<Q, B> &
        Pick<OperationCall, "authorize" | "context"> & { principal: Extract<Principal, { kind: K }> },
    ): Promise<Reply>;
    /** What callers of other kinds are told. */
    refuse(): Error;
  },
): CalledOperation {
  const { handle, refuse, principals, inTenant = false, ...description } = declaration;
  const isOneOf = (principal: Principal): principal is Extract<Principal, { kind: K }> =>
    principals.some((kind) => kind === principal.kind);
  return {
    ...described(description),
    authentication: "principal",
    scope: null,
    principals,
    inTenant,
    inOrganization: false,
    async run(call) {
      const { principal } = call;
      if (!isOneOf(principal)) throw refuse();
      const { authorize, context } = call;
      return handle({ ...(await readInput<Q, B>(call, declaration)), principal, authorize, context });
    },
  };
}

/**
 * An operation that anyone may call who signs its body with a configured key. Its handler gets the proof of that, and no
 * grant: what it does, the service does.
 */
export function signedOperation<B extends z.ZodType>(
  declaration: Description & {
    keys(): SigningKeys | null;
    body: B;
    handle(input: { signature: VerifiedSignature; body: z.output<B>; origin: Origin }): Promise<Reply>;
  },
): SignedOperation {
  const { handle, keys, ...description } = declaration;
  return {
    ...described(description),
    authentication: "signature",
    keys,
    scope: null,
    principals: [],
    inTenant: false,
    inOrganization: false,
    async run({ signature, origin, query, body }) {
      query(nothing);
      return handle({ signature, origin, body: body(declaration.body) });
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
  bodyType?: BodyType;
  takesIdempotencyKey?: boolean;
}

async function readInput<Q extends z.ZodType, B extends z.ZodType>(call: OperationCall, shapes: Shapes<Q, B>) {
  return {
    id: call.id,
    origin: call.origin,
    accept: call.accept,
    idempotencyKey: shapes.takesIdempotencyKey ? call.idempotencyKey() : null,
    query: call.query(shapes.query ?? nothing) as z.output<Q>,
    body: (shapes.body ? await call.body(shapes.body, shapes.bodyType ?? "json") : {}) as z.output<B>,
  };
}

function described<Q extends z.ZodType, B extends z.ZodType>(declaration: Description & Shapes<Q, B>) {
  return {
    ...declaration,
    query: declaration.query ?? null,
    body: declaration.body ?? null,
    bodyType: declaration.bodyType ?? "json",
    takesIdempotencyKey: declaration.takesIdempotencyKey ?? false,
  } as const;
}
