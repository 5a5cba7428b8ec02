import type { Principal } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import { type KnownToken, type RefusalReason, verifyToken } from "@/lib/tokens/verify";
import { sessionPrincipal } from "./session";

/** Who a request turned out to be from. `token` is set whenever a token that exists was presented, working or not. */
export type Authentication =
  | { ok: true; principal: Principal; token: KnownToken | null }
  | { ok: false; problem: Problem; token: KnownToken | null; reason: RefusalReason | null };

/**
 * Authenticates a request by its bearer token (RFC 6750 §2.1) or, without an Authorization header, by its session
 * cookie. An Authorization header is never ignored in favour of a cookie.
 */
export async function authenticate(request: Request): Promise<Authentication> {
  const authorization = request.headers.get("authorization");
  if (authorization === null) return authenticateCookie(request);
  const credential = /^bearer +([^\s,]+)$/i.exec(authorization)?.[1];
  if (credential === undefined) return { ok: false, problem: unauthorized(true), token: null, reason: null };
  const verification = await verifyToken(credential);
  if (verification.ok) return { ok: true, principal: verification.principal, token: verification.known };
  return { ok: false, problem: unauthorized(true), token: verification.known, reason: verification.reason };
}

async function authenticateCookie(request: Request): Promise<Authentication> {
  const principal = await sessionPrincipal(request.headers.get("cookie"));
  if (!principal) return { ok: false, problem: unauthorized(false), token: null, reason: null };
  if (isWrite(request.method) && isCrossSite(request)) {
    const problem = new Problem(
      { code: "forbidden" },
      "A write with a session cookie must come from this site. Use an API token from elsewhere.",
    );
    return { ok: false, problem, token: null, reason: null };
  }
  return { ok: true, principal, token: null };
}

/** One answer for every bad credential, whatever the cause. */
function unauthorized(credentialSent: boolean): Problem {
  return new Problem({ code: "unauthorized", credentialSent }, "Invalid or expired authentication token");
}

function isWrite(method: string): boolean {
  return method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
}

/** Whether a browser sent this from another site (OWASP CSRF: Fetch Metadata first, then Origin). */
function isCrossSite(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return true;
  const origin = request.headers.get("origin");
  if (origin === null) return false;
  const host = hostOf(origin);
  return host === null || (host !== request.headers.get("host") && host !== hostOf(process.env.NEXTAUTH_URL));
}

function hostOf(url: string | undefined): string | null {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : null;
}
