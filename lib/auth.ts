import { parse as parseCookies, stringifySetCookie } from "cookie";
import NextAuth, { type AuthOptions } from "next-auth";
import { encode, getToken } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import type { Origin } from "@/lib/access/principal";
import { env } from "@/lib/env";
import { invalidRequest, Problem } from "@/lib/errors";
import { webResponse } from "@/lib/gates/message";
import { originOf } from "@/lib/gates/origin";
import { problemAnswer, problemOf } from "@/lib/gates/problem-answer";
import { type SignInResult, signIn } from "@/lib/sign-in";
import { throttledProblem } from "@/lib/sign-in-throttle";
import { attemptSeconds } from "@/lib/sso/attempt";

/** Everything the app asks of next-auth; nothing else imports it. */

/** What a session cookie says. It is a claim: the gate re-reads session and user from the database on every call. */
export interface SessionClaims {
  userId: string;
  sessionVersion: number;
  sessionId: string;
}

const claimsSchema = z.object({ sub: z.uuid(), sessionVersion: z.number().int(), sessionId: z.uuid() });

/** Reads and decrypts the session cookie of a Cookie header; null when there is none or it is not valid. */
export async function readSessionClaims(cookieHeader: string | null): Promise<SessionClaims | null> {
  if (!cookieHeader) return null;
  const cookies = parseCookies(cookieHeader);
  const request = { headers: {}, cookies };
  const token = await getToken({
    // getToken is typed for Next's own requests, but reads only cookies and headers of whatever it is given.
    req: request as unknown as Parameters<typeof getToken>[0]["req"],
    secret: secret(),
    cookieName: sessionCookie().name,
  }).catch(() => null);
  const claims = claimsSchema.safeParse(token);
  if (!claims.success) return null;
  const { sub: userId, sessionVersion, sessionId } = claims.data;
  return { userId, sessionVersion, sessionId };
}

/** Ends the session of a Cookie header; throws when it cannot. */
export type EndSession = (cookieHeader: string | null, origin: Origin) => Promise<void>;

/**
 * The route handler of next-auth: CSRF token, sign-in and sign-out. It answers 429 to a sign-in that is throttled, and 503
 * where the database cannot say: then nobody is told that their password is wrong, or that they are signed out.
 */
export function authHandler(endSession: EndSession): (request: Request, context: unknown) => Promise<Response> {
  return async (request, context) => {
    const { method, headers } = request;
    const origin = originOf(headers, method, new URL(request.url).pathname);
    const attempt: Attempt = { result: null, fault: null };
    const cookies = headers.get("cookie");
    const refuse = (error: unknown) => webResponse(problemAnswer(problemOf(error, origin), origin));
    if (method === "GET" && new URL(request.url).pathname.endsWith("/callback/credentials"))
      return refuse(new Problem({ code: "method_not_allowed", allow: ["POST"] }, "Sign in with POST"));
    if (!hasReturnAddresses(request)) return refuse(invalidRequest([{ path: "callbackUrl", message: "Not a URL" }]));
    const options = authOptions(attempt, (credentials) => attemptSignIn(credentials, cookies, origin), {
      signOut: () => endSession(cookies, origin),
    });
    let response: Response;
    try {
      response = await NextAuth(options)(request, context);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return refuse(invalidRequest([{ path: "", message: "The body is not valid JSON" }]));
    }
    if (attempt.fault !== null) return refuse(attempt.fault);
    if (attempt.result?.outcome === "throttled") return refuse(throttledProblem(attempt.result.quota));
    if (attempt.result?.outcome === "signed_in")
      response.headers.append("set-cookie", stringifySetCookie(deviceCookie(attempt.result.deviceCookie)));
    return response;
  };
}

/** Whether what next-auth takes for an address to go on to, in the query and in its cookie, is one: else it has a fault. */
function hasReturnAddresses({ url, headers }: Request): boolean {
  const { searchParams, origin } = new URL(url);
  const cookies = parseCookies(headers.get("cookie") ?? "");
  const given = [...searchParams.getAll("callbackUrl"), cookies[callbackCookie().name]];
  return given.every((text) => !text || /^https?:/.test(protocolOf(text, origin)));
}

function protocolOf(text: string, origin: string): string {
  const base = text.startsWith("/") ? origin : undefined;
  return URL.canParse(text, base) ? new URL(text, base).protocol : "";
}

/** What came of a request, beyond what next-auth makes of it. */
interface Attempt {
  result: SignInResult | null;
  fault: unknown;
}

/** What next-auth tells the sign-in page of a right password that opens nothing. */
const ssoRequiredError = "SsoRequired";

type Credentials = Record<"email" | "password", string> | undefined;

async function attemptSignIn(credentials: Credentials, cookieHeader: string | null, origin: Origin) {
  const claims = await readSessionClaims(cookieHeader);
  return signIn({ email: credentials?.email ?? "", password: credentials?.password ?? "" }, origin, {
    deviceCookie: parseCookies(cookieHeader ?? "")[ownCookie(deviceCookieName).name],
    replaces: claims?.sessionId ?? null,
  });
}

function authOptions(
  attempt: Attempt,
  checkCredentials: (credentials: Credentials) => Promise<SignInResult>,
  { signOut }: { signOut: () => Promise<void> },
): AuthOptions {
  const noting = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      attempt.fault = error;
      throw error;
    }
  };
  return {
    secret: secret(),
    useSecureCookies: usesSecureCookies(),
    cookies: { sessionToken: nextAuthCookie(sessionCookie()), callbackUrl: nextAuthCookie(callbackCookie()) },
    session: { strategy: "jwt", maxAge: env.SESSION_LIFETIME_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [
      CredentialsProvider({
        name: "E-mail and password",
        credentials: { email: { label: "E-mail", type: "email" }, password: { label: "Password", type: "password" } },
        async authorize(credentials) {
          const result = await noting(() => checkCredentials(credentials));
          attempt.result = result;
          if (result.outcome === "sso_required") throw new Error(ssoRequiredError);
          if (result.outcome !== "signed_in") return null;
          const { userId: id, sessionVersion, sessionId } = result;
          return { id, sessionVersion, sessionId };
        },
      }),
    ],
    events: { signOut: () => noting(signOut) },
    callbacks: {
      jwt: ({ token, user }) =>
        user && "sessionId" in user && "sessionVersion" in user
          ? { sub: user.id, sessionVersion: user.sessionVersion, sessionId: user.sessionId }
          : token,
      // The browser learns nothing from /api/auth/session; pages read the user on the server.
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => (url.startsWith("/") && !url.startsWith("//") ? `${baseUrl}${url}` : baseUrl),
    },
    logger: { error() {}, warn() {}, debug() {} },
  };
}

/** The cookie that holds a session. */
export function sessionCookie() {
  return ownCookie("next-auth.session-token");
}

/** Where next-auth leads after a sign-in. */
function callbackCookie() {
  return ownCookie("next-auth.callback-url");
}

/**
 * A cookie that no other host can set, not even one of the same domain (RFC 6265bis §4.1.3). Over plain HTTP browsers
 * refuse the prefix.
 */
function ownCookie(name: string) {
  const secure = usesSecureCookies();
  return { name: `${secure ? "__Host-" : ""}${name}`, secure, path: "/", httpOnly: true } as const;
}

function nextAuthCookie({ name, ...options }: ReturnType<typeof ownCookie>) {
  return { name, options: { ...options, sameSite: "lax" } };
}

/** A cookie that holds a session, as signing in would set it: for when a change of the user ended the one at hand. */
export async function newSessionCookie({ userId, sessionVersion, sessionId }: SessionClaims) {
  const maxAge = env.SESSION_LIFETIME_SECONDS;
  const value = await encode({ token: { sub: userId, sessionVersion, sessionId }, secret: secret(), maxAge });
  return { ...sessionCookie(), value, maxAge, sameSite: "lax" } as const;
}

/** Keeps what a browser needs when it comes back from the OpenID provider with this state; without a value: no more. */
export function ssoCookie(state: string, value?: string) {
  return {
    // One for each, so that two tabs do not disturb each other.
    ...ownCookie(`praxis.sso-${state.replaceAll(/[^\w-]/g, "").slice(0, 16)}`),
    value: value ?? "",
    maxAge: value === undefined ? 0 : attemptSeconds,
    // The provider's answer comes from another site.
    sameSite: "lax",
  } as const;
}

/** Of the cookies of a Cookie header that ssoCookie made, in their order: browsers put the oldest first (RFC 6265 §5.4). */
export function ssoCookieNames(cookieHeader: string | null): string[] {
  const { name } = ssoCookie("");
  return Object.keys(parseCookies(cookieHeader ?? "")).filter((given) => given.startsWith(name));
}

/** The longest a browser keeps a cookie (RFC 6265bis §5.5). */
const deviceCookieSeconds = 400 * 24 * 60 * 60;
const deviceCookieName = "praxis.known-device";

function deviceCookie(value: string) {
  return { ...ownCookie(deviceCookieName), value, maxAge: deviceCookieSeconds, sameSite: "strict" } as const;
}

function usesSecureCookies(): boolean {
  return process.env.NEXTAUTH_URL?.startsWith("https://") ?? false;
}

function secret(): string {
  const value = process.env.NEXTAUTH_SECRET;
  if (!value) throw new Error("NEXTAUTH_SECRET is not set: start through server.ts");
  return value;
}
