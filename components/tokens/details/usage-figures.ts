import { utcDay } from "@/components/ui/dates";
import type { Text } from "@/lib/text/text";
import type { TokenUsage } from "@/lib/tokens/usage-schema";

type UsageDay = TokenUsage["days"][number];

/** "12 Nov 2026" for a day such as "2026-11-12". */
export function dayLabel(day: string, text: Text): string {
  return utcDay(Date.parse(day), text);
}

/** What a chart of these days shows, in words. */
export function usageSummary(days: readonly UsageDay[], text: Text): string {
  const allowed = days.reduce((sum, day) => sum + day.allowed, 0);
  const denied = days.reduce((sum, day) => sum + day.denied, 0);
  if (allowed + denied === 0)
    return text("No calls in the last {days, plural, one {# day} other {# days}}.", { days: days.length });
  const busiest = days.reduce((most, day) => (total(day) > total(most) ? day : most));
  return text(
    "{calls, plural, one {# call} other {# calls}} in the last {days, plural, one {# day} other {# days}}: {allowed, number} allowed, {denied, number} denied. Most on {day}, with {most, number}.",
    {
      calls: allowed + denied,
      days: days.length,
      allowed,
      denied,
      day: dayLabel(busiest.day, text),
      most: total(busiest),
    },
  );
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
