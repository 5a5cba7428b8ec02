import { z } from "zod";

/** Fields that several resources have. */

/** One line of text without control characters, 1 to `maximum` characters. */
export function lineField(maximum: number) {
  return z
    .string()
    .trim()
    .min(1, "Must not be empty")
    .max(maximum, `Use at most ${maximum} characters`)
    .regex(/^[^\p{Cc}]*$/u, "Use no control characters");
}

/** Names are unique in a tenant. */
export const nameField = lineField(80).describe("Unique in the tenant");
export const descriptionField = z.string().trim().max(500, "Use at most 500 characters").default("");
/** A JSON object. */
export const jsonField = z.record(z.string(), z.json());

/** What every resource is answered with besides its own fields. */
export const rowFields = { id: z.uuid(), createdAt: z.iso.datetime(), updatedAt: z.iso.datetime() };

/** The times of a row, as the API writes them. */
export function rowTimes(row: { createdAt: Date; updatedAt: Date }): { createdAt: string; updatedAt: string } {
  return { createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() };
}
