import { plans } from "@/lib/access/plans";
import type { Origin, Principal } from "@/lib/access/principal";
import { Problem, planRequired } from "@/lib/errors";
import { countFailedAttempt } from "@/lib/rate-limit/failed-attempts";
import type { Quota } from "@/lib/rate-limit/limiter";
import { limits } from "@/lib/rate-limit/limits";
import { isAddressAllowed } from "@/lib/tokens/addresses";
import { parseSecret } from "@/lib/tokens/secret";
import { type KnownToken, type RefusalReason, verifyToken } from "@/lib/tokens/verify";
import { isFromElsewhere } from "./fetch-metadata";
import type { ApiRequest } from "./message";
import { sessionPrincipal } from "./session";

/** Who a request turned out to be from. */
export type Authentication = (
  | { ok: true; principal: Principal }
  | { ok: false; problem: Problem; reason: RefusalReason | "address_not_allowed" | "plan_required" | null }
) & {
  /** Set whenever a token that exists was presented, working or not. */
  token: KnownToken | null;
  /** Where the presented token stands with its rate limit. */
  quota: Quota | null;
};

/**
 * Authenticates a request by its bearer token (RFC 6750 §2.1) or, without an Authorization header, by its session
 * cookie. An Authorization header is never ignored in favour of a cookie.
 */
export async function authenticate(
  request: ApiRequest,
  credentials: "any" | "bearer",
  origin: Origin,
): Promise<Authentication> {
  const authorization = request.headers.get("authorization");
  if (authorization === null)
    return credentials === "any" ? authenticateCookie(request) : refused(unauthorized(false), anonymous);
  const credential = /^bearer +([^\s,]+)$/i.exec(authorization)?.[1];
  return authenticateBearer(credential ?? "", origin);
}

/** Authenticates a bearer token. Its shape and its rate limit are looked at before the database is. */
async function authenticateBearer(credential: string, origin: Origin): Promise<Authentication> {
  const presented = parseSecret(credential);
  if (!presented) return refused(await failure(origin), { token: null, quota: null, reason: "malformed" });
  const quota = (await limits().token?.consume(presented.digest)) ?? null;
  if (quota && !quota.allowed) {
    const message = `This token makes too many calls; try again in ${quota.resetSeconds} s`;
    return refused(new Problem({ code: "rate_limited", quota }, message), { token: null, quota, reason: null });
  }
  const verification = await verifyToken(presented);
  const { known: token } = verification;
  if (!verification.ok) return refused(await failure(origin), { token, quota, reason: verification.reason });
  if (!isAddressAllowed(verification.allowedCidrs, origin.address)) {
    const problem = new Problem({ code: "address_not_allowed" }, "This token may not be used from your address");
    return refused(problem, { token, quota, reason: "address_not_allowed" });
  }
  const { principal } = verification;
  if (principal.kind === "apiToken" && !plans[principal.plan].programmaticAccess)
    return refused(planRequired(), { token, quota, reason: "plan_required" });
  return { ok: true, principal, token, quota };
}

type Refused = Extract<Authentication, { ok: false }>;

function refused(problem: Problem, facts: Pick<Refused, "token" | "quota" | "reason">): Refused {
  return { ok: false, problem, ...facts };
}

/** What a bad token is answered: 401, or 429 to an address that keeps trying. */
function failure(origin: Origin): Promise<Problem> {
  return countFailedAttempt(origin, unauthorized(true));
}

const anonymous = { token: null, quota: null, reason: null };

async function authenticateCookie(request: ApiRequest): Promise<Authentication> {
  const principal = await sessionPrincipal(request.headers.get("cookie"));
  if (!principal) return refused(unauthorized(false), anonymous);
  if (isWrite(request.method) && isCrossOrigin(request)) {
    const problem = new Problem(
      { code: "forbidden" },
      "A write with a session cookie must come from this site. Use an API token from elsewhere.",
    );
    return refused(problem, anonymous);
  }
  return { ok: true, principal, token: null, quota: null };
}

/** One answer for every bad credential, whatever the cause. */
function unauthorized(credentialSent: boolean): Problem {
  return new Problem({ code: "unauthorized", credentialSent }, "Invalid or expired authentication token");
}

function isWrite(method: string): boolean {
  return method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
}

/** Whether a browser sent this from another origin (OWASP CSRF: Fetch Metadata first, then Origin). */
function isCrossOrigin(request: ApiRequest): boolean {
  if (isFromElsewhere(request.headers)) return true;
  const origin = request.headers.get("origin");
  if (origin === null) return false;
  const host = hostOf(origin);
  return host === null || (host !== request.headers.get("host") && host !== hostOf(process.env.NEXTAUTH_URL));
}

function hostOf(url: string | undefined): string | null {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : null;
}
