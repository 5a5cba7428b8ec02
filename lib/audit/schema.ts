import { z } from "zod";
import { instant } from "@/lib/instant";
import { pageQuery } from "@/lib/operation";

const time = instant;

const filters = {
  action: z.string().max(64).optional().describe("For example token.revoked; token.* for everything about tokens"),
  outcome: z.enum(["success", "denied"]).optional(),
  actor: z.uuid().optional().describe("The id of a user or token who did it"),
  target: z.uuid().optional().describe("The id of what it was done to: a token's whole history, for one"),
  correlationId: z
    .string()
    .regex(/^[0-9a-f]{32}$/, "Use 32 lower-case hexadecimal digits")
    .optional(),
  address: z
    .union([z.ipv4(), z.ipv6()], { error: "Use an IPv4 or IPv6 address, such as 203.0.113.7" })
    .optional()
    .describe("The address it was done from"),
  uses: z
    .enum(["include", "exclude"])
    .optional()
    .describe("exclude leaves out token.used, which is most of a busy log"),
  from: time.optional().describe("From this time on"),
  to: time.optional().describe("Before this time"),
};

/** The query of `GET /identity/audit-events`. */
export const auditQuerySchema = z.strictObject({ ...pageQuery, ...filters });

const tenant = z
  .union([z.uuid(), z.literal("none")], { error: "Use the id of a tenant, or none" })
  .optional()
  .describe("The id of one tenant; none for what happened in no tenant, such as sign-ins and members' roles");

/** Every way to choose events; within one tenant `tenant` chooses nothing. */
export const auditFilterSchema = z.strictObject({ ...filters, tenant });
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** The query of `GET /identity/organization/audit-events`. */
export const organizationAuditQuerySchema = z.strictObject({ ...pageQuery, ...filters, tenant });
export type AuditQuery = z.infer<typeof organizationAuditQuerySchema>;

/** An event as the API shows it. */
export const auditEventSchema = z.object({
  id: z.uuid(),
  occurredAt: z.iso.datetime(),
  tenantId: z.uuid().nullable().describe("Where it was done; null for what is in no tenant"),
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
