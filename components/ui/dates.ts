import type { Text } from "@/lib/text/text";

const minute = 60_000;
const hour = 60 * minute;
export const dayMs = 24 * hour;

const relative = byLocale((locale) => new Intl.RelativeTimeFormat(locale));
// "yesterday", but not "last month", which could be two days ago.
const relativeDay = byLocale((locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * dayMs],
  ["month", 30 * dayMs],
  ["day", dayMs],
  ["hour", hour],
  ["minute", minute],
];

/** "3 days ago", "in 2 hours", "just now": the same on the server and in the browser for the same `now`. */
export function relativeTime(at: number, now: number, text: Text): string {
  const distance = at - now;
  for (const [unit, size] of steps) {
    if (Math.abs(distance) < size) continue;
    return (unit === "day" ? relativeDay : relative)(text.locale).format(Math.trunc(distance / size), unit);
  }
  return text("just now");
}

const dayFormat = byLocale(
  (locale) => new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }),
);

/** "21 Feb 2027", in UTC. */
export function utcDay(at: number, text: Text): string {
  return dayFormat(text.locale).format(at);
}

/** "2027-02-21 09:30:00 UTC". */
export function utcTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

const localFormat = byLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "long" }));

/** The browser's own clock and zone; differs between server and browser, so never rendered on the server. */
export function localTime(at: number, text: Text): string {
  return localFormat(text.locale).format(at);
}

/** Formats are dear to make: one of each kind for each locale. */
function byLocale<Format>(make: (locale: string) => Format): (locale: string) => Format {
  const made = new Map<string, Format>();
  return (locale) => {
    const known = made.get(locale) ?? make(locale);
    made.set(locale, known);
    return known;
  };
}
