import "server-only";
import Redis from "ioredis";
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { RateLimitSetting } from "@/lib/env";
import { log } from "@/lib/log";
import { clusterStore } from "./cluster";

/** Where a caller stands with a limit after a call; shown in RateLimit headers. */
export interface Quota {
  policy: string;
  allowed: boolean;
  limit: number;
  windowSeconds: number;
  remaining: number;
  /** Until the window starts anew. */
  resetSeconds: number;
  /** Whether this call is the first beyond the limit. */
  isFirstBeyond: boolean;
}

/** Counts calls by key in fixed windows. */
export interface Limiter {
  /** Counts one call and says whether it is within the limit. */
  consume(key: string): Promise<Quota>;
  /** Takes the count of one call back: it turned out not to be of the kind that is limited. */
  giveBack(key: string): Promise<void>;
}

/**
 * A limit by the name of its policy; null when it is off. Counted in memory, that of the primary for all its workers,
 * or, with a Redis, for all instances together. While that Redis does not answer, each process counts for itself, and
 * the log says so.
 */
export function createLimiter(policy: string, setting: RateLimitSetting, redis: Redis | null): Limiter | null {
  if (setting === "off") return null;
  const { count: limit, seconds: windowSeconds } = setting;
  const options = { keyPrefix: `praxis:${policy}`, points: limit, duration: windowSeconds };
  const memory = new RateLimiterMemory(options);
  const store: RateLimiterAbstract = redis
    ? new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: memory, useRedisPackage: false })
    : (clusterStore(options) ?? memory);
  const quota = (result: RateLimiterRes, allowed: boolean): Quota => ({
    policy,
    allowed,
    limit,
    windowSeconds,
    remaining: Math.max(0, result.remainingPoints),
    resetSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1000)),
    isFirstBeyond: result.consumedPoints === limit + 1,
  });
  const consume = async (counter: RateLimiterAbstract, key: string): Promise<Quota> => {
    try {
      return quota(await counter.consume(key), true);
    } catch (error) {
      // The library rejects with its result where a limit is exceeded, and with an Error where it failed.
      if (error instanceof RateLimiterRes) return quota(error, false);
      // A primary that did not answer in time; a Redis is insured by the library.
      if (counter !== memory) return consume(memory, key);
      throw error;
    }
  };
  const giveBack = async (key: string): Promise<void> => {
    // Where the count is out of reach, one call too many is counted.
    await store.reward(key).catch((error: unknown) => log.warn({ err: error, policy }, "A count was not taken back"));
  };
  return { consume: (key) => consume(store, key), giveBack };
}

const commandTimeoutMilliseconds = 250;

/** Connects to Redis in the background. Losing it and finding it again is logged, once each. */
export function connectRedis(url: string): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    commandTimeout: commandTimeoutMilliseconds,
    connectTimeout: commandTimeoutMilliseconds,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 200, 2000),
  });
  let isDown = false;
  redis.on("error", (error) => {
    if (!isDown) log.error({ err: error }, "Redis does not answer: each instance counts rate limits for itself");
    isDown = true;
  });
  redis.on("ready", () => {
    if (isDown) log.info("Redis answers again: rate limits are shared");
    isDown = false;
  });
  return redis;
}
