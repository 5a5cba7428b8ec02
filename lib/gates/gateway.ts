import { z } from "zod";
import { isScope, type Scope } from "@/lib/access/scopes";
import type { GatewayPart } from "@/lib/operation";
import type { ApiAnswer, ApiRequest } from "./message";

/** The real status of an answer that was folded for nginx, and its body where it has one. */
export const authStatusHeader = "x-auth-status";
export const authProblemHeader = "x-auth-problem";

const maxRecordedLength = 512;

const scopeList = z
  .string()
  .max(1024)
  .transform((text) => text.split(" ").filter(Boolean))
  .superRefine((names, context) => {
    // An empty list is a gateway's unset variable, not a wish for no scope.
    if (names.length === 0) context.addIssue({ code: "custom", message: "Name at least one scope, or leave it out" });
    for (const name of names)
      if (!isScope(name)) context.addIssue({ code: "custom", message: `Unknown scope "${name}"` });
  })
  .transform((names): Scope[] => names.filter(isScope));

/** What a gateway asks with. */
export const verifyQuerySchema = z.strictObject({
  scope: scopeList
    .optional()
    .describe("Space-separated scopes, all of them required; absent: any working token will do"),
  gateway: z.literal("nginx").optional().describe("Folds what auth_request cannot pass on into 403"),
});

/** What an operation for gateways does beyond the decision. */
export const gatewayPart: GatewayPart = {
  describe(request) {
    const scope = request.url.searchParams.get("scope");
    const known = scope?.split(" ").filter(isScope).join(" ");
    return { scope: known || null, forwarded: forwarded(request.headers) };
  },
  finish(request, answer) {
    const isForNginx = request.url.searchParams.getAll("gateway").includes("nginx");
    return isForNginx ? foldForNginx(answer) : answer;
  },
};

/** What the gateway says its client asked for. The query stays out: it may hold secrets. */
function forwarded(headers: ApiRequest["headers"]) {
  const method = headers.get("x-forwarded-method") ?? headers.get("x-original-method");
  const uri = headers.get("x-forwarded-uri") ?? headers.get("x-original-uri");
  return {
    method: method?.slice(0, 32) ?? null,
    path: uri?.split(/[?#]/, 1)[0]?.slice(0, maxRecordedLength) ?? null,
  };
}

/**
 * nginx's auth_request passes on 2xx, 401 and 403, makes 500 of all else, and drops every body. So anything else
 * becomes 403, and the real status and body travel in headers, from which nginx.conf makes the client's answer.
 */
function foldForNginx({ status, headers, body }: ApiAnswer): ApiAnswer {
  const passes = status < 300 || status === 401 || status === 403;
  return {
    status: passes ? status : 403,
    headers: {
      ...headers,
      [authStatusHeader]: String(status),
      ...(typeof body === "string" && { [authProblemHeader]: asciiJson(body) }),
    },
    body,
  };
}

/** The same JSON in ASCII, as a header holds it. */
function asciiJson(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
