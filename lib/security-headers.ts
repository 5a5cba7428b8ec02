import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/lib/env";

/** The header that tells the pages their nonce; what a client sends under this name is replaced. */
export const nonceHeader = "x-nonce";

const everywhere = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  // Over plain HTTP browsers pass it over, as they must (RFC 6797, 8.1).
  ...(env.AUTH_URL?.startsWith("https:") && { "strict-transport-security": "max-age=31536000" }),
};

/** Sent with every answer of the API: a browser that shows one as a page runs nothing in it. */
export const apiHeaders: Readonly<Record<string, string>> = {
  ...everywhere,
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

/**
 * Lets a page run the scripts that carry this answer's nonce, and what those load, and nothing else; nothing comes from
 * or goes to another origin (CSP Level 3). Next gives its scripts the nonce that it finds in the request's own header.
 */
export function guardPage(request: IncomingMessage, response: ServerResponse, dev: boolean): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = pagePolicy(nonce, dev);
  request.headers["content-security-policy"] = policy;
  request.headers[nonceHeader] = nonce;
  for (const [name, value] of Object.entries(everywhere)) response.setHeader(name, value);
  response.setHeader("content-security-policy", policy);
}

/** Styles may be inline, for a popup's place is one; React's development build needs eval. */
function pagePolicy(nonce: string, dev: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
