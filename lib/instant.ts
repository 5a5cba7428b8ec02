import { z } from "zod";

const error = "Use an RFC 3339 time, such as 2027-01-31T00:00:00Z";

/** An RFC 3339 time in a request, with whatever offset. Offsets can lead out of the years that PostgreSQL writes so: 400. */
export const instant = z.iso.datetime({ offset: true, error }).refine(
  // What is no time at all has been refused by then.
  (text) => Number.isNaN(Date.parse(text)) || isStorableTime(new Date(text)),
  error,
);

/** Whether PostgreSQL can hold a time, and so compare with it: JavaScript knows some that it does not. */
export function isStorableTime(time: Date): boolean {
  const year = time.getUTCFullYear();
  return year >= 1 && year <= 9999;
}
