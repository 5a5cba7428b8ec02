import { utcDay } from "@/components/ui/dates";
import type { TokenUsage } from "@/lib/tokens/usage-schema";
import { counted } from "../wording";

type UsageDay = TokenUsage["days"][number];

const number = new Intl.NumberFormat("en");

/** "1,204 calls". */
export function callCount(count: number): string {
  return `${number.format(count)} ${count === 1 ? "call" : "calls"}`;
}

/** "12 Nov 2026" for a day such as "2026-11-12". */
export function dayLabel(day: string): string {
  return utcDay(Date.parse(day));
}

/** "1,200 allowed, 4 denied". */
export function outcomes({ allowed, denied }: Pick<UsageDay, "allowed" | "denied">): string {
  return `${number.format(allowed)} allowed, ${number.format(denied)} denied`;
}

/** What a chart of these days shows, in words. */
export function usageSummary(days: readonly UsageDay[]): string {
  const allowed = days.reduce((sum, day) => sum + day.allowed, 0);
  const denied = days.reduce((sum, day) => sum + day.denied, 0);
  const period = `in the last ${counted(days.length, "day")}`;
  if (allowed + denied === 0) return `No calls ${period}.`;
  const busiest = days.reduce((most, day) => (total(day) > total(most) ? day : most));
  const peak = `Most on ${dayLabel(busiest.day)}, with ${number.format(total(busiest))}.`;
  return `${callCount(allowed + denied)} ${period}: ${outcomes({ allowed, denied })}. ${peak}`;
}

/** All calls of a day. */
export function total({ allowed, denied }: Pick<UsageDay, "allowed" | "denied">): number {
  return allowed + denied;
}

/** The least of 1, 2, 5, 10, 20, 50… that is not below a count: where an axis ends. */
export function axisEnd(count: number): number {
  let step = 1;
  while (step * 10 < count) step *= 10;
  return step * ([1, 2, 5, 10].find((factor) => factor * step >= count) ?? 10);
}
