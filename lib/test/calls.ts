import { encode } from "next-auth/jwt";
import { db } from "@/lib/db/client";

/** Calls of route handlers in tests: what a client would send, without a server between. */

const base = "http://127.0.0.1:3000";
process.env.NEXTAUTH_URL = base;
process.env.NEXTAUTH_SECRET = "a-secret-that-only-these-tests-know-0123456789";

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string> | undefined> },
) => Promise<Response>;

export interface CallOptions {
  token?: string;
  cookie?: string;
  headers?: Record<string, string>;
  method?: string;
  body?: unknown;
  params?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests assert on the body's shape; that is what types it.
  body: any;
}

/** Calls a handler as a client would, and reads the whole answer. */
export async function call(handler: Handler, path: string, options: CallOptions = {}): Promise<Answer> {
  const headers = new Headers(options.headers);
  if (options.token !== undefined) headers.set("authorization", `Bearer ${options.token}`);
  if (options.cookie !== undefined) headers.set("cookie", options.cookie);
  const hasBody = options.body !== undefined;
  if (hasBody && !headers.has("content-type")) headers.set("content-type", "application/json");
  const request = new Request(base + path, {
    method: options.method ?? (hasBody ? "POST" : "GET"),
    headers,
    ...(hasBody ? { body: typeof options.body === "string" ? options.body : JSON.stringify(options.body) } : {}),
  });
  const response = await handler(request, { params: Promise.resolve(options.params) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}

/** The session cookie a browser would hold after this user signed in, so long ago. */
export async function sessionCookie(
  user: { id: string; sessionVersion: number },
  { authenticatedAt = new Date() }: { authenticatedAt?: Date } = {},
): Promise<string> {
  const secret = process.env.NEXTAUTH_SECRET ?? "";
  const { id: userId, sessionVersion } = user;
  const { id: sessionId } = await db.session.create({
    data: { userId, sessionVersion, authenticatedAt },
    select: { id: true },
  });
  const token = await encode({ token: { sub: userId, sessionVersion, sessionId }, secret });
  return `next-auth.session-token=${token}`;
}

/** The headers that name where a session call takes place. */
export function contextOf(place: { organizationId: string; tenantId: string }): Record<string, string> {
  return { "x-ne-org-id": place.organizationId, "x-ne-tenant-id": place.tenantId };
}
