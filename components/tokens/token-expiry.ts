import { dayMs } from "@/components/ui/dates";
import { defaultLifetimeDays } from "@/lib/tokens/schema";

export const expiryChoices = ["30", "60", "90", "365", "custom", "never"] as const;
export type ExpiryChoice = (typeof expiryChoices)[number];

export const defaultExpiry: ExpiryChoice = expiryChoices.find((choice) => choice === `${defaultLifetimeDays}`) ?? "90";

export const expiryLabels: Readonly<Record<ExpiryChoice, string>> = {
  "30": "30 days",
  "60": "60 days",
  "90": "90 days",
  "365": "1 year",
  custom: "Custom date",
  never: "Never",
};

/** When the token would stop working: a time, `null` for never, `undefined` while no date is chosen. */
export function expiryTime(choice: ExpiryChoice, customDate: string, now: number): number | null | undefined {
  if (choice === "never") return null;
  if (choice !== "custom") return now + Number(choice) * dayMs;
  // A date means through its last second, in UTC, so that it reads the same everywhere.
  const time = Date.parse(`${customDate}T23:59:59Z`);
  return Number.isNaN(time) ? undefined : time;
}
