import { setTimeout as delay } from "node:timers/promises";
import { DatabaseError } from "pg";

const retryMilliseconds = 500;
/** PostgreSQL's for a lock that was not to be had in time, and for a deadlock. */
const lockConflicts: readonly (string | undefined)[] = ["55P03", "40P01"];

/**
 * Does work that needs a lock on a whole table, with a short lock_timeout: every call that comes after it waits behind
 * its wish for the lock, so it gives way and tries again. Throws what PostgreSQL says, a lock conflict past the deadline.
 */
export async function givingWay<T>(work: () => Promise<T>, deadlineMilliseconds: number): Promise<T> {
  const giveUpAt = Date.now() + deadlineMilliseconds;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isLockConflict(error) || Date.now() > giveUpAt) throw error;
      await delay(retryMilliseconds);
    }
  }
}

function isLockConflict(error: unknown): boolean {
  return error instanceof DatabaseError && lockConflicts.includes(error.code);
}
