import { isUuid } from "@/lib/access/ids";
import type { Scope } from "@/lib/access/scopes";
import type { Quota } from "@/lib/rate-limit/limiter";

export interface FieldIssue {
  /** The field, dotted: `resources.datasets.0`; empty for the whole body. */
  path: string;
  message: string;
}

/** Every error a caller can meet, with what it carries beyond its message. */
export type ProblemDetails =
  | { code: "invalid_request"; issues: readonly FieldIssue[] }
  | { code: "unauthorized"; credentialSent: boolean; scheme?: "Signature" }
  | { code: "insufficient_scope"; scope?: Scope; missingScopes?: readonly Scope[] }
  | { code: "context_mismatch" }
  | { code: "plan_required" }
  | { code: "address_not_allowed" }
  | { code: "context_required"; missing: readonly ("organization" | "tenant")[] }
  | { code: "forbidden" }
  | { code: "reauthentication_required" }
  | { code: "sso_required" }
  | { code: "not_found" }
  | { code: "method_not_allowed"; allow: readonly string[] }
  | { code: "conflict" }
  | { code: "payload_too_large" }
  | { code: "unsupported_media_type" }
  | { code: "rate_limited"; quota: Quota }
  | { code: "unavailable"; retryAfterSeconds: number };

export type ProblemCode = ProblemDetails["code"];

export const problemStatus: Readonly<Record<ProblemCode, number>> = {
  invalid_request: 400,
  unauthorized: 401,
  insufficient_scope: 403,
  context_mismatch: 403,
  plan_required: 403,
  address_not_allowed: 403,
  context_required: 403,
  forbidden: 403,
  reauthentication_required: 403,
  sso_required: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  unavailable: 503,
};

/** An expected refusal, thrown where it is found and turned into an answer by the gates (RFC 9457). */
export class Problem extends Error {
  readonly details: ProblemDetails;

  constructor(details: ProblemDetails, message: string) {
    super(message);
    this.name = "Problem";
    this.details = details;
  }
}

/** 403: the organization's plan has no programmatic access. */
export function planRequired(): Problem {
  return new Problem(
    { code: "plan_required" },
    "The organization's plan does not include programmatic access. Its tokens are kept and work again once it does.",
  );
}

/** 403: the organization wants its members to come by single sign-on, and the caller came by a password. */
export function ssoRequired(): Problem {
  return new Problem(
    { code: "sso_required" },
    "This organization requires single sign-on: sign in that way. A personal token has to be made in such a session.",
  );
}

/** 404: there is none, or it is not the caller's to know of. */
export function notFound(what: string): Problem {
  return new Problem({ code: "not_found" }, `No such ${what}`);
}

/** The id, if it is a UUID; otherwise nothing can have it: 404. */
export function requireUuid(id: string): string {
  if (isUuid(id)) return id.toLowerCase();
  throw notFound("resource");
}

/** 400 naming the fields at fault. */
export function invalidRequest(issues: readonly FieldIssue[]): Problem {
  const first = issues[0];
  const message = first ? (first.path ? `${first.path}: ${first.message}` : first.message) : "The request is not valid";
  return new Problem({ code: "invalid_request", issues }, message);
}
