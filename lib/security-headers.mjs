/**
 * Sent with every answer, whichever part of the service gives it.
 * @type {Readonly<Record<string, string>>}
 */
export const securityHeaders = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-frame-options": "DENY",
  "content-security-policy": "frame-ancestors 'none'",
};
