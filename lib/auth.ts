import { parse as parseCookies } from "cookie";
import NextAuth, { type AuthOptions } from "next-auth";
import { encode, getToken } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { originOf } from "@/lib/gates/origin";
import { signIn } from "@/lib/sign-in";

/** Everything the app asks of next-auth; nothing else imports it. */

const sessionLifetimeSeconds = 12 * 60 * 60;

/** What a session cookie says. It is a claim: the gate re-reads the user from the database on every call. */
export interface SessionClaims {
  userId: string;
  sessionVersion: number;
}

const claimsSchema = z.object({ sub: z.uuid(), sessionVersion: z.number().int() });

/** Reads and decrypts the session cookie of a Cookie header; null when there is none or it is not valid. */
export async function readSessionClaims(cookieHeader: string | null): Promise<SessionClaims | null> {
  if (!cookieHeader) return null;
  const cookies = parseCookies(cookieHeader);
  const request = { headers: {}, cookies };
  const token = await getToken({
    // getToken is typed for Next's own requests, but reads only cookies and headers of whatever it is given.
    req: request as unknown as Parameters<typeof getToken>[0]["req"],
    secret: secret(),
    secureCookie: usesSecureCookies(),
  }).catch(() => null);
  const claims = claimsSchema.safeParse(token);
  return claims.success ? { userId: claims.data.sub, sessionVersion: claims.data.sessionVersion } : null;
}

/** The route handler of next-auth: CSRF token, sign-in and sign-out. */
export function authHandler(): (request: Request, context: unknown) => Promise<Response> {
  return NextAuth(authOptions());
}

function authOptions(): AuthOptions {
  return {
    secret: secret(),
    useSecureCookies: usesSecureCookies(),
    session: { strategy: "jwt", maxAge: sessionLifetimeSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [
      CredentialsProvider({
        name: "E-mail and password",
        credentials: { email: { label: "E-mail", type: "email" }, password: { label: "Password", type: "password" } },
        async authorize(credentials, request) {
          const headers = new Headers();
          for (const [name, value] of Object.entries(request.headers ?? {}))
            if (typeof value === "string") headers.set(name, value);
          const origin = originOf(headers, "POST", "/api/auth/callback/credentials");
          return signIn({ email: credentials?.email ?? "", password: credentials?.password ?? "" }, origin);
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) =>
        user && "sessionVersion" in user ? { sub: user.id, sessionVersion: user.sessionVersion } : token,
      // The browser learns nothing from /api/auth/session; pages read the user on the server.
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => (url.startsWith("/") && !url.startsWith("//") ? `${baseUrl}${url}` : baseUrl),
    },
    logger: { error() {}, warn() {}, debug() {} },
  };
}

/** Names the cookie that holds a session. Over plain HTTP browsers refuse the `__Secure-` prefix. */
export function sessionCookie(): { name: string; secure: boolean; path: string } {
  const secure = usesSecureCookies();
  return { name: `${secure ? "__Secure-" : ""}next-auth.session-token`, secure, path: "/" };
}

/** A cookie that holds a new session, as signing in would set it: for when a change ended the one at hand. */
export async function newSessionCookie({ userId, sessionVersion }: SessionClaims) {
  const maxAge = sessionLifetimeSeconds;
  const value = await encode({ token: { sub: userId, sessionVersion }, secret: secret(), maxAge });
  return { ...sessionCookie(), value, maxAge, httpOnly: true, sameSite: "lax" } as const;
}

function usesSecureCookies(): boolean {
  return process.env.NEXTAUTH_URL?.startsWith("https://") ?? false;
}

function secret(): string {
  const value = process.env.NEXTAUTH_SECRET;
  if (!value) throw new Error("NEXTAUTH_SECRET is not set: start through server.ts");
  return value;
}
