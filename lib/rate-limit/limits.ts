import "server-only";
import type Redis from "ioredis";
import { env } from "@/lib/env";
import { connectRedis, createLimiter, type Limiter } from "./limiter";

interface Limits {
  /** Calls per token, by the digest of its secret. */
  token: Limiter | null;
  /** Failed authentications per address. */
  failedAuthentication: Limiter | null;
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
    close: () => redis?.disconnect(),
  };
}
