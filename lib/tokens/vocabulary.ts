/** The words and limits of tokens that the browser needs, too: no zod here, for its weight. */

export const tokenStatuses = ["active", "expiring", "expired", "superseded", "revoked"] as const;
export type TokenStatus = (typeof tokenStatuses)[number];

/** The statuses in which a token is accepted. */
export const workingStatuses: readonly TokenStatus[] = ["active", "expiring", "superseded"];

/** Whether a token of this status is accepted. */
export function isWorking(status: TokenStatus): boolean {
  return workingStatuses.includes(status);
}

export const revokedReasons = ["compromised", "rotated", "unused", "offboarding", "other"] as const;
export type RevokedReason = (typeof revokedReasons)[number];
export const tokenSorts = ["name", "createdAt", "expiresAt", "lastUsedAt"] as const;
export type TokenSort = (typeof tokenSorts)[number];

/** A scope that was not used for this long is one that advice says to drop. */
export const adviceWindowDays = 90;
/** A token this close to its expiry has the status `expiring`. */
export const expiringWithinDays = 14;

/** The longest overlap of a rotation: 30 days. */
export const maxOverlapSeconds = 30 * 24 * 60 * 60;

/** The most tokens that one call changes. */
export const maxSelectedTokens = 10_000;
