import { z } from "zod";
import { adviceWindowDays } from "./vocabulary";

/** The shapes of a token's use on the wire. */

/** The query of `GET /identity/tokens/{id}/usage`. */
export const tokenUsageQuerySchema = z.strictObject({
  days: z.coerce.number().int().min(1).max(365).default(90).describe("How many days (UTC) up to today"),
});

/** What `GET /identity/tokens/{id}/usage` answers. */
export const tokenUsageSchema = z
  .object({
    days: z
      .array(z.object({ day: z.iso.date(), allowed: z.int(), denied: z.int() }))
      .describe("Calls by day (UTC), oldest first, today last; days without a call included"),
    allowed: z.int().describe("Calls in these days that were allowed"),
    denied: z
      .int()
      .describe("Calls in these days that were denied, with a token that was dead or did not reach so far"),
    scopes: z
      .array(z.object({ scope: z.string(), lastUsedAt: z.iso.datetime().nullable() }))
      .describe("Each scope the token holds, and when a call last used it"),
    advice: z
      .object({
        windowDays: z.literal(adviceWindowDays),
        daysOfData: z.int().describe("Whole days the token has existed"),
        unusedScopes: z
          .array(z.string())
          .nullable()
          .describe("Scopes that no call used in the window; null while the token is younger than that"),
      })
      .describe("What the token could do without"),
  })
  .meta({ id: "TokenUsage" });
export type TokenUsage = z.infer<typeof tokenUsageSchema>;
