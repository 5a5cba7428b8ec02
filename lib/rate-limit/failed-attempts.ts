import type { Origin } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import { limits } from "./limits";
import { networkOf } from "./network";

/**
 * Counts a credential or secret that was wrong against the network it came from. Returns what to answer: the refusal,
 * or 429 to one that keeps trying. What is right never comes here, so nobody is blocked for their neighbours.
 */
export async function countFailedAttempt(origin: Origin, refusal: Problem): Promise<Problem> {
  const quota = await limits().failedAuthentication?.consume(networkOf(origin.address));
  if (!quota || quota.allowed) return refusal;
  return new Problem(
    { code: "rate_limited", quota },
    `Too many failed authentications from your address; try again in ${quota.resetSeconds} s`,
  );
}
