import "server-only";
import type Redis from "ioredis";
import { env } from "@/lib/env";
import { connectRedis, createLimiter, type Limiter } from "./limiter";

interface Limits {
  /** Calls per token, by the digest of its secret. */
  token: Limiter | null;
  /** Failed authentications per address. */
  failedAuthentication: Limiter | null;
  /** Sign-ins that failed, by account: from browsers that never signed in to it. */
  signInAccount: Limiter | null;
  /** Passwords that were wrong, by the browser they came from: one that signed in before, or is signed in. */
  signInDevice: Limiter | null;
  /** Sign-ins that failed, by address, to whatever accounts. */
  signInAddress: Limiter | null;
  close(): void;
}

// server.ts and Next's bundle each load this module; both must count together.
const shared: typeof globalThis & { praxisLimits?: Limits } = globalThis;

/** The deployment's rate limits; made, and Redis connected to, when first asked for. */
export function limits(): Limits {
  shared.praxisLimits ??= createLimits();
  return shared.praxisLimits;
}

function createLimits(): Limits {
  const redis: Redis | null = env.REDIS_URL === undefined ? null : connectRedis(env.REDIS_URL);
  return {
    token: createLimiter("token", env.RATE_LIMIT_TOKEN, redis),
    failedAuthentication: createLimiter("failed-authentication", env.RATE_LIMIT_FAILED_AUTH, redis),
    signInAccount: createLimiter("sign-in-account", env.RATE_LIMIT_SIGN_IN, redis),
    signInDevice: createLimiter("sign-in-device", env.RATE_LIMIT_SIGN_IN, redis),
    signInAddress: createLimiter("sign-in-address", env.RATE_LIMIT_SIGN_IN_ADDRESS, redis),
    close: () => redis?.disconnect(),
  };
}
