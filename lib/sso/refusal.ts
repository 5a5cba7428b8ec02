import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from "openid-client";

/** Why a sign-in at the OpenID provider came to nothing. The log has it; the person is told less. */
export type SsoRefusalReason =
  | "sso_not_configured"
  | "sso_provider_unavailable"
  | "sso_cancelled"
  | "sso_unknown_state"
  | "sso_state_replayed"
  | "sso_code_refused"
  | "sso_wrong_issuer"
  | "sso_wrong_audience"
  | "sso_wrong_nonce"
  | "sso_id_token_expired"
  | "sso_wrong_signature"
  | "sso_invalid_response"
  | "sso_not_recent"
  | "sso_other_person"
  | "sso_email_not_verified"
  | "sso_linked_elsewhere"
  | "sso_no_role"
  | "account_disabled"
  | "throttled_address";

/** Thrown where a sign-in at the OpenID provider cannot go on. */
export class SsoRefusal extends Error {
  readonly reason: SsoRefusalReason;
  /** Whose account it was about, if that much was known. */
  readonly userId: string | null;
  /** Whether the audit log says so already. */
  readonly onRecord: boolean;

  constructor(
    reason: SsoRefusalReason,
    cause?: unknown,
    userId: string | null = null,
    { onRecord = false }: { onRecord?: boolean } = {},
  ) {
    super(reason, { cause });
    this.name = "SsoRefusal";
    this.reason = reason;
    this.userId = userId;
    this.onRecord = onRecord;
  }
}

/** The refusal that an error of the protocol amounts to. Throws what is none. */
export function refusalOf(error: unknown): SsoRefusal {
  if (error instanceof SsoRefusal) return error;
  return new SsoRefusal(reasonOf(error), error);
}

const reasonsByClaim: Readonly<Record<string, SsoRefusalReason>> = {
  iss: "sso_wrong_issuer",
  issuer: "sso_wrong_issuer",
  aud: "sso_wrong_audience",
  azp: "sso_wrong_audience",
  nonce: "sso_wrong_nonce",
  exp: "sso_id_token_expired",
  auth_time: "sso_not_recent",
};

function reasonOf(error: unknown): SsoRefusalReason {
  if (error instanceof AuthorizationResponseError)
    return error.error === "access_denied" || error.error === "login_required"
      ? "sso_cancelled"
      : "sso_invalid_response";
  if (error instanceof ResponseBodyError)
    return error.error === "invalid_grant" ? "sso_code_refused" : "sso_provider_unavailable";
  if (error instanceof WWWAuthenticateChallengeError) return "sso_provider_unavailable";
  // What fetch throws when nobody answers.
  if (error instanceof TypeError) return "sso_provider_unavailable";
  if (!(error instanceof ClientError)) throw error;
  switch (error.code) {
    case "OAUTH_TIMEOUT":
    case "OAUTH_ABORT":
    case "OAUTH_RESPONSE_IS_NOT_CONFORM":
    case "OAUTH_RESPONSE_IS_NOT_JSON":
    case "OAUTH_PARSE_ERROR":
    case "OAUTH_HTTP_REQUEST_FORBIDDEN":
    case "OAUTH_REQUEST_PROTOCOL_FORBIDDEN":
      return "sso_provider_unavailable";
    case "OAUTH_KEY_SELECTION_FAILED":
      return "sso_wrong_signature";
    default:
      return (
        reasonsByClaim[claimOf(error)] ?? (isAboutSignature(error) ? "sso_wrong_signature" : "sso_invalid_response")
      );
  }
}

/** What a check failed for, of a token or of what the provider says of itself; the library tells it some causes down. */
function claimOf(error: Error): string {
  for (let cause: unknown = error.cause; typeof cause === "object" && cause !== null; cause = causeOf(cause))
    for (const part of ["claim", "attribute"]) {
      const named: unknown = Reflect.get(cause, part);
      if (typeof named === "string") return named;
    }
  return "";
}

function isAboutSignature(error: Error): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if (/signature verification failed|"alg"/i.test(cause.message)) return true;
  return false;
}

function causeOf(value: object): unknown {
  return "cause" in value ? value.cause : undefined;
}
