import type { Quota } from "./limiter";

/** RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers), and Retry-After once it is exceeded. */
export function rateLimitHeaders(quota: Quota): Record<string, string> {
  return {
    "ratelimit-policy": `"${quota.policy}";q=${quota.limit};w=${quota.windowSeconds}`,
    ratelimit: `"${quota.policy}";r=${quota.remaining};t=${quota.resetSeconds}`,
    ...(quota.allowed ? {} : { "retry-after": String(quota.resetSeconds) }),
  };
}
