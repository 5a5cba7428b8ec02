/** How long after each failed try the next one is made: eight tries within about a day. */
const retryDelaysSeconds = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 8 * 3600, 10 * 3600];

/** When to try again after this many tries, the last of them at that time; null: not any more. */
export function nextAttempt(attempts: number, lastAttemptAt: Date): Date | null {
  const delaySeconds = retryDelaysSeconds[attempts - 1];
  return delaySeconds === undefined ? null : new Date(lastAttemptAt.getTime() + delaySeconds * 1000);
}
