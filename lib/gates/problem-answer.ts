import type { Origin } from "@/lib/access/principal";
import { DatabaseUnavailable } from "@/lib/db/unavailable";
import { Problem, type ProblemDetails, problemStatus } from "@/lib/errors";
import { log } from "@/lib/log";
import { rateLimitHeaders } from "@/lib/rate-limit/headers";
import type { ApiAnswer } from "./message";

const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  503: "Service Unavailable",
};

/** A refusal as it is shown to people and programs alike. */
export interface ProblemView {
  code: ProblemDetails["code"];
  message: string;
  correlationId: string;
}

/** What an error thrown by a handler means to the caller. Anything unexpected is a fault: logged here, 503 there. */
export function problemOf(error: unknown, origin: Origin): Problem {
  if (error instanceof Problem) return error;
  const { correlationId, method, path } = origin;
  if (DatabaseUnavailable.is(error))
    log.warn({ correlationId, method, path, err: error }, "The database did not answer");
  else log.error({ correlationId, method, path, err: error }, "A call failed");
  return new Problem(
    { code: "unavailable", retryAfterSeconds: 1 },
    "The service cannot answer right now. Nothing was decided about your credentials; try again shortly.",
  );
}

/** The answer for a problem: `application/problem+json` per RFC 9457, challenges per RFC 6750 §3. */
export function problemAnswer(problem: Problem, origin: Origin): ApiAnswer {
  const { details } = problem;
  const status = problemStatus[details.code];
  const body: Record<string, unknown> = {
    type: "about:blank",
    title: titles[status],
    status,
    error: details.code,
    message: problem.message,
    correlationId: origin.correlationId,
  };
  if (details.code === "invalid_request") body.issues = details.issues;
  if (details.code === "insufficient_scope" && details.scope) body.scope = details.scope;
  if (details.code === "insufficient_scope" && details.missingScopes) body.missingScopes = details.missingScopes;
  return {
    status,
    headers: { ...commonHeaders(origin), "content-type": "application/problem+json", ...problemHeaders(details) },
    body: JSON.stringify(body),
  };
}

/** On every answer of the API: who may keep it (nobody), and the id to quote. */
export function commonHeaders(origin: Origin): Record<string, string> {
  return { "cache-control": "no-store", "x-correlation-id": origin.correlationId };
}

function problemHeaders(details: ProblemDetails): Record<string, string> {
  const challenge = 'Bearer realm="praxis"';
  switch (details.code) {
    case "unauthorized":
      if (details.scheme !== undefined) return { "www-authenticate": `${details.scheme} realm="praxis"` };
      return { "www-authenticate": details.credentialSent ? `${challenge}, error="invalid_token"` : challenge };
    case "insufficient_scope":
      return details.scope
        ? { "www-authenticate": `${challenge}, error="insufficient_scope", scope="${details.scope}"` }
        : {};
    case "method_not_allowed":
      return { allow: details.allow.join(", ") };
    case "rate_limited":
      return rateLimitHeaders(details.quota);
    case "unavailable":
      return { "retry-after": String(details.retryAfterSeconds) };
    default:
      return {};
  }
}
