import { dayMs } from "@/components/ui/dates";
import { mayNeverExpire, type TokenPolicy } from "@/lib/policy/schema";
import type { Text } from "@/lib/text/text";

/** A number of days, the last day itself, or never. */
export type ExpiryChoice = `${number}` | "custom" | "never";
export const expiryChoices: readonly ExpiryChoice[] = ["30", "60", "90", "365", "custom", "never"];

/** What of a tenant's policy rules how long a new token may live. */
export type LifetimePolicy = Pick<TokenPolicy, "maxLifetimeDays" | "neverExpiresAllowed" | "defaultLifetimeDays">;

/** The choices under a policy, its default among them, each with why it cannot be made. */
export function expiryOptions(policy: LifetimePolicy, text: Text) {
  const days = expiryChoices.flatMap((choice) => (isDays(choice) ? Number(choice) : []));
  const offered = [...new Set([...days, policy.defaultLifetimeDays])].sort((one, other) => one - other);
  const choices: ExpiryChoice[] = [...offered.map((count): ExpiryChoice => `${count}`), "custom", "never"];
  return choices.map((value) => ({
    value,
    label:
      value === `${policy.defaultLifetimeDays}`
        ? text("{choice} (default)", { choice: labelOf(value, text) })
        : labelOf(value, text),
    disabledReason: reasonAgainstExpiry(policy, value, text),
  }));
}

/** Why a policy does not allow a choice; undefined when it does. */
export function reasonAgainstExpiry(policy: LifetimePolicy, choice: ExpiryChoice, text: Text): string | undefined {
  const { maxLifetimeDays } = policy;
  if (choice === "never" && !mayNeverExpire(policy)) return text("The tenant's policy requires an expiry");
  if (isDays(choice) && maxLifetimeDays !== null && Number(choice) > maxLifetimeDays)
    return text("The tenant's policy allows {count, plural, one {# day} other {# days}} at most", {
      count: maxLifetimeDays,
    });
  return undefined;
}

/** The latest time a policy lets a token of now expire at; null: any. */
export function latestExpiry({ maxLifetimeDays }: LifetimePolicy, now: number): number | null {
  return maxLifetimeDays === null ? null : now + maxLifetimeDays * dayMs;
}

/**
 * When the token would stop working: a time, `null` for never, `undefined` while no date is chosen. On the day of
 * `latest` it stops then already.
 */
export function expiryTime(
  choice: ExpiryChoice,
  customDate: string,
  now: number,
  latest: number | null = null,
): number | null | undefined {
  if (choice === "never") return null;
  if (choice !== "custom") return now + Number(choice) * dayMs;
  // A date means through its last second, in UTC, so that it reads the same everywhere.
  const time = Date.parse(`${customDate}T23:59:59Z`);
  if (Number.isNaN(time)) return undefined;
  return latest !== null && dayOf(latest) === customDate ? Math.min(time, latest) : time;
}

/** The day of a time as date inputs have it, in UTC. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function isDays(choice: ExpiryChoice): choice is `${number}` {
  return choice !== "custom" && choice !== "never";
}

function labelOf(choice: ExpiryChoice, text: Text): string {
  if (choice === "custom") return text("Custom date");
  if (choice === "never") return text("Never");
  return choice === "365"
    ? text("1 year")
    : text("{count, plural, one {# day} other {# days}}", { count: Number(choice) });
}
