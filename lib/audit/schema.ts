import { z } from "zod";
import { pageQuery } from "@/lib/operation";

const time = z.iso.datetime({ offset: true, error: "Use an RFC 3339 time, such as 2027-01-31T00:00:00Z" });

const filters = {
  action: z.string().max(64).optional().describe("For example token.revoked"),
  outcome: z.enum(["success", "denied"]).optional(),
  actor: z.uuid().optional().describe("The id of a user or token who did it"),
  target: z.uuid().optional().describe("The id of what it was done to: a token's whole history, for one"),
  correlationId: z
    .string()
    .regex(/^[0-9a-f]{32}$/, "Use 32 lower-case hexadecimal digits")
    .optional(),
  from: time.optional().describe("From this time on"),
  to: time.optional().describe("Before this time"),
};

/** The query of `GET /identity/audit-events`. */
export const auditQuerySchema = z.strictObject({ ...pageQuery, ...filters });
export type AuditFilter = Omit<z.infer<typeof auditQuerySchema>, "limit" | "cursor">;

/** An event as the API shows it. */
export const auditEventSchema = z.object({
  id: z.uuid(),
  occurredAt: z.iso.datetime(),
  actor: z.object({
    kind: z.enum(["user", "token", "system", "anonymous"]),
    id: z.uuid().nullable(),
    label: z.string(),
  }),
  action: z.string(),
  target: z.object({ kind: z.string(), id: z.uuid().nullable(), label: z.string().nullable() }).nullable(),
  outcome: z.enum(["success", "denied"]),
  reason: z.string().nullable(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  correlationId: z.string(),
  details: z.record(z.string(), z.json()),
});
export type AuditEventView = z.infer<typeof auditEventSchema>;
