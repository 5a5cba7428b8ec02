import { createHash } from "node:crypto";
import { Problem } from "@/lib/errors";
import type { Limiter, Quota } from "@/lib/rate-limit/limiter";
import { limits } from "@/lib/rate-limit/limits";
import { networkOf } from "@/lib/rate-limit/network";

/** What a limit on sign-ins counts by. */
export type ThrottledBy = "account" | "device" | "address";

export type Admission =
  | { admitted: true; giveBack(): Promise<void> }
  | { admitted: false; by: ThrottledBy; quota: Quota };

/**
 * Counts an attempt to sign in before the password is looked at, so that many at once are no way around; one that
 * succeeds is given back. A browser that signed in to the account before has a counter of its own: strangers who fail,
 * at the account or from its address, do not stop it (OWASP, device cookies). Accounts count whether they exist or not.
 */
export async function admitSignIn(email: string, attempt: { device: string | null; address: string | null }) {
  const { signInAccount, signInAddress, signInDevice } = limits();
  const account = createHash("sha256").update(email).digest("base64url");
  if (attempt.device !== null)
    return admit([{ by: "device", limiter: signInDevice, key: `${attempt.device} ${account}` }]);
  return admit([
    { by: "address", limiter: signInAddress, key: networkOf(attempt.address) },
    { by: "account", limiter: signInAccount, key: account },
  ]);
}

/** Counts a way to the OpenID provider that failed, or one back until it is found to be good: each costs a call there. */
export function admitReturn(address: string | null) {
  return admit([{ by: "address", limiter: limits().signInAddress, key: networkOf(address) }]);
}

interface Counter {
  by: ThrottledBy;
  limiter: Limiter | null;
  key: string;
}

async function admit(counters: readonly Counter[]): Promise<Admission> {
  for (const { by, limiter, key } of counters) {
    const quota = await limiter?.consume(key);
    if (quota && !quota.allowed) return { admitted: false, by, quota };
  }
  return {
    admitted: true,
    giveBack: async () => {
      await Promise.all(counters.map(({ limiter, key }) => limiter?.giveBack(key)));
    },
  };
}

/** 429 that says when to try again, and nothing about whether the account exists. */
export function throttledProblem(quota: Quota): Problem {
  const minutes = Math.ceil(quota.resetSeconds / 60);
  const wait = quota.resetSeconds < 120 ? `${quota.resetSeconds} seconds` : `${minutes} minutes`;
  return new Problem({ code: "rate_limited", quota }, `Too many failed attempts. Try again in ${wait}.`);
}
