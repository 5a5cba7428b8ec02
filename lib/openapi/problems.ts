import { z } from "zod";
import { type ProblemCode, problemStatus } from "@/lib/errors";
import type { Operation } from "@/lib/operation";

/** What the guide and the reference say of an error. */
interface ProblemText {
  meaning: string;
  remedy: string;
  /** A message as it may be sent. */
  example: string;
}

/** Every error of the API in words, in the order of its status. */
export const problemTexts: Readonly<Record<ProblemCode, ProblemText>> = {
  invalid_request: {
    meaning: "A parameter, header or field is not valid; `issues` names each one.",
    remedy: "Correct the fields named. Sending the same request again will fail again.",
    example: "name: Must not be empty",
  },
  unauthorized: {
    meaning: "No credential, or one that does not work: mistyped, expired, revoked. Which of these is not disclosed.",
    remedy: "Check that the whole secret arrives. If it does, look the token up in the browser and create a new one.",
    example: "Invalid or expired authentication token",
  },
  insufficient_scope: {
    meaning:
      "The credential works but does not hold the scope in `scope`, or may not pass on those in `missingScopes`.",
    remedy: "Create a token with that scope. Scopes cannot be added to a token that exists.",
    example: "This needs the scope pipeline:write, which the caller does not hold here",
  },
  context_mismatch: {
    meaning: "The context headers name another organization or tenant than the token belongs to.",
    remedy: "Leave the headers out, or take the ids from the tenant the token was created in.",
    example: "The token belongs to another organization or tenant than the headers name",
  },
  context_required: {
    meaning: "The call does not say which organization and tenant it is about.",
    remedy: "Send `x-ne-org-id` and `x-ne-tenant-id`.",
    example: "Name the context of this call: send x-ne-org-id and x-ne-tenant-id",
  },
  plan_required: {
    meaning: "The organization's plan does not include programmatic access.",
    remedy: "Change the plan. Tokens are kept and work again once it includes access.",
    example: "The organization's plan does not include programmatic access",
  },
  address_not_allowed: {
    meaning: "The token may be used from chosen addresses only, and the call came from another.",
    remedy: "Call from an allowed address, or create a token that allows yours.",
    example: "This token may not be used from your address",
  },
  forbidden: {
    meaning: "This is not for callers of this kind, or a rule of the tenant is against it; `message` says which.",
    remedy: "Read `message`. Another kind of credential, or a change of the rule by an admin, may be needed.",
    example: "This token is limited to chosen pipelines and cannot write others",
  },
  reauthentication_required: {
    meaning: "The session's user gave their password too long ago for this: what it issues may do all that they may.",
    remedy: "Confirm the password in the browser. A script signs in again, then sends the same request once more.",
    example: "Confirm your password to do this: you last gave it too long ago",
  },
  sso_required: {
    meaning: "The organization requires single sign-on, and the session, or the one that made the token, had none.",
    remedy: "Sign in with single sign-on. Programs take an API token, or a personal token made in such a session.",
    example: "This organization requires single sign-on: sign in that way",
  },
  not_found: {
    meaning: "There is nothing of this id, or it is not yours to see: another tenant's, or outside the token's limits.",
    remedy: "Check the id, and that the token belongs to the tenant you mean.",
    example: "No such pipeline",
  },
  method_not_allowed: {
    meaning: "The path exists, the method does not; the Allow header lists those that do.",
    remedy: "Use one of the methods in Allow.",
    example: "PUT is not supported here; use GET, POST",
  },
  conflict: {
    meaning: "The thing is not in a state that allows this, or a name is taken, or somebody changed it meanwhile.",
    remedy: "Read it again, then decide whether to try again.",
    example: 'Another pipeline is named "nginx"',
  },
  payload_too_large: {
    meaning: "The body is larger than 1 MiB.",
    remedy: "Send it in parts.",
    example: "Send at most 1 MiB",
  },
  unsupported_media_type: {
    meaning: "The body is not of the type that this operation takes.",
    remedy: "Send Content-Type: application/json, or what the reference names.",
    example: "Send the body as application/json",
  },
  rate_limited: {
    meaning: "Too many calls with this token, or too many failed ones from your address.",
    remedy: "Wait for the seconds in Retry-After, then try again.",
    example: "This token makes too many calls; try again in 12 s",
  },
  unavailable: {
    meaning: "The service cannot answer now. Nothing was decided about your credential.",
    remedy: "Wait for the seconds in Retry-After, then try again. Do not replace the token.",
    example: "The service cannot answer right now. Nothing was decided about your credentials; try again shortly.",
  },
};

/** The errors in the order of the table above. */
export const problemCodes = Object.keys(problemTexts).filter((code): code is ProblemCode => code in problemStatus);

/** The schema of an error's body: RFC 9457 with `error`, `message` and `correlationId`. */
export function problemSchema(code: ProblemCode) {
  const status = problemStatus[code];
  return z
    .object({
      type: z.literal("about:blank"),
      title: z.string().describe("The name of the status"),
      status: z.literal(status),
      error: z.literal(code),
      message: z.string().describe("For people; do not parse it").meta({ example: problemTexts[code].example }),
      correlationId: z
        .string()
        .regex(/^[0-9a-f]{32}$/)
        .describe("Finds this call in the service's log; quote it"),
      ...extraMembers(code),
    })
    .describe(problemTexts[code].meaning);
}

/** Every error an operation can answer with, in the order of the table above. */
export function problemsOf(path: string, method: string, operation: Operation): ProblemCode[] {
  const { authentication, principals, scope, inTenant, inOrganization, body, errors = [] } = operation;
  const takesTokens = principals.some((kind) => kind !== "session");
  // A write with a cookie must come from this site, and some operations are closed to some callers.
  const mayForbid =
    authentication === "principal" && (principals.length < 3 || (principals.includes("session") && method !== "GET"));
  const possible = new Set<ProblemCode>([
    "invalid_request",
    "unauthorized",
    "rate_limited",
    "unavailable",
    ...(scope === null ? [] : (["insufficient_scope"] as const)),
    ...(inTenant || inOrganization
      ? (["context_mismatch", "context_required", "sso_required", "not_found"] as const)
      : []),
    ...(takesTokens ? (["plan_required", "address_not_allowed"] as const) : []),
    ...(mayForbid ? (["forbidden"] as const) : []),
    ...(path.includes("{id}") ? (["not_found"] as const) : []),
    ...(body === null ? [] : (["payload_too_large", "unsupported_media_type"] as const)),
    ...errors,
  ]);
  return problemCodes.filter((code) => possible.has(code));
}

function extraMembers(code: ProblemCode): Record<string, z.ZodType> {
  switch (code) {
    case "invalid_request":
      return {
        issues: z.array(
          z.object({
            path: z.string().describe("The field, dotted, such as resources.datasets.0; empty for the whole body"),
            message: z.string(),
          }),
        ),
      };
    case "insufficient_scope":
      return {
        scope: z.string().optional().describe("The scope that the call needs"),
        missingScopes: z.array(z.string()).optional().describe("What the new token's creator lacks"),
      };
    default:
      return {};
  }
}
