import { z } from "zod";
import { permissionSetIds } from "@/lib/access/permission-sets";
import { expandScopes } from "@/lib/access/scopes";
import { instant } from "@/lib/instant";
import { adviceWindowDays, maxOverlapSeconds, maxSelectedTokens, revokedReasons, tokenStatuses } from "./vocabulary";

/** The shapes of tokens on the wire, shared by forms, server actions and route handlers. */

const name = z
  .string()
  .trim()
  .min(1, "Give the token a name")
  .max(80, "Use at most 80 characters")
  .regex(/^[^\p{Cc}]*$/u, "Use no control characters");
const description = z
  .string()
  .trim()
  .max(500, "Use at most 500 characters")
  .regex(/^[^\p{Cc}]*$/u, "Use no control characters");
const scopes = z
  .array(z.string().max(64))
  .min(1, "Choose at least one scope")
  .max(64)
  .superRefine((values, context) => {
    const expanded = expandScopes(values);
    if (expanded.ok) return;
    for (const unknown of expanded.unknown) {
      context.addIssue({
        code: "custom",
        message: `Unknown scope "${unknown}"`,
        path: [values.indexOf(unknown)],
      });
    }
  });
const timestamp = instant;
const timestampAhead = timestamp.refine(
  (time) => !(Date.parse(time) <= Date.now()),
  "Choose a time in the future; revoke the token to end it now",
);
const idList = z.array(z.uuid()).min(1).max(100);

/** An IPv4 or IPv6 address or CIDR range. */
export const addressOrRange = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: "Use an IPv4 or IPv6 address or CIDR range, such as 203.0.113.0/24",
});

export const resourceLimitsSchema = z.strictObject({
  datasets: idList.optional(),
  pipelines: idList.optional(),
});

// Rules across fields run beside the rules of each field, so that one answer names everything to mend.
const isObject = ({ value }: { value: unknown }) => typeof value === "object" && value !== null;

/** What `POST /identity/tokens` and the create dialog take. `expiresAt`: absent, the policy's default; null, never. */
export const createTokenSchema = z
  .strictObject({
    name,
    description: description.optional(),
    permissionSet: z.enum(permissionSetIds).optional(),
    scopes: scopes.optional(),
    expiresAt: timestamp
      .nullish()
      .describe("Absent: the default lifetime of the tenant's policy. Null: never, where the policy allows it"),
    resources: resourceLimitsSchema.optional(),
    allowedCidrs: z.array(addressOrRange).max(50, "Use at most 50 addresses and ranges").optional(),
  })
  .refine((input) => input.permissionSet !== undefined || input.scopes !== undefined, {
    error: "Choose a permission set or scopes",
    path: ["permissionSet"],
    when: isObject,
  })
  .refine((input) => input.permissionSet === undefined || input.scopes === undefined, {
    error: "Give a permission set or scopes, not both",
    path: ["scopes"],
    when: isObject,
  })
  .refine((input) => input.permissionSet !== "ingest-only" || input.resources?.datasets !== undefined, {
    error: "Choose at least one dataset for an ingest-only token",
    path: ["resources", "datasets"],
    when: isObject,
  })
  .refine((input) => input.expiresAt == null || !(Date.parse(input.expiresAt) <= Date.now()), {
    error: "Choose a time in the future",
    path: ["expiresAt"],
    when: isObject,
  })
  .meta({ id: "TokenInput" });
export type CreateTokenInput = z.infer<typeof createTokenSchema>;

/** What `PATCH /identity/tokens/{id}` takes. Everything but name and description can only be narrowed. */
export const updateTokenSchema = z
  .strictObject({
    name: name.optional(),
    description: description.optional(),
    scopes: scopes.optional(),
    resources: resourceLimitsSchema.optional(),
    allowedCidrs: z.array(addressOrRange).max(50, "Use at most 50 addresses and ranges").optional(),
    expiresAt: timestampAhead.optional(),
  })
  .refine((input) => Object.keys(input).length > 0, "Give at least one field to change");
export type UpdateTokenInput = z.infer<typeof updateTokenSchema>;

/** What `POST /identity/tokens/{id}/rotate` takes. */
export const rotateTokenSchema = z.strictObject({
  overlapSeconds: z
    .number()
    .int("Use whole seconds")
    .min(0, "Use 0 or more")
    .max(maxOverlapSeconds, "Use at most 2592000, which is 30 days"),
});
export type RotateTokenInput = z.infer<typeof rotateTokenSchema>;

/** The filters that lists and bulk revocation share. */
export const tokenFilterSchema = z.strictObject({
  status: z.array(z.enum(tokenStatuses)).min(1).optional(),
  q: z.string().trim().max(80).optional().describe("Part of a name or a hint"),
  scope: z.string().max(64).optional().describe("Only tokens that hold this scope"),
  createdBy: z.uuid().optional().describe("The id of a user"),
  lastUsedBefore: timestamp.optional().describe("Includes tokens that were never used"),
  expiresBefore: timestamp.optional(),
  unusedSince: timestamp.optional().describe("Neither used nor created from this time on"),
  neverExpires: z.literal(true).optional().describe("Only tokens without an expiry"),
  violatesPolicy: z.literal(true).optional().describe("Only tokens that the tenant's policy would not let be issued"),
  overPrivileged: z
    .literal(true)
    .optional()
    .describe(`Only tokens older than ${adviceWindowDays} days with a scope they did not use in as many`),
});
export type TokenFilter = z.infer<typeof tokenFilterSchema>;

/** Which tokens a call on many is about: by ids or by filter. */
export const tokenSelection = {
  ids: z
    .array(z.uuid())
    .min(1, "Name at least one token")
    .max(maxSelectedTokens, `Name at most ${maxSelectedTokens} tokens in one call`)
    .optional(),
  filter: tokenFilterSchema
    .optional()
    .describe(`Every token that matches, ${maxSelectedTokens} at most; more answer 400 and nothing changes`),
};
const isOneSelection = (input: { ids?: unknown; filter?: unknown }) =>
  (input.ids === undefined) !== (input.filter === undefined);
const selectionRule = { message: "Give either ids or a filter", path: ["ids"] };

export const tokenSelectionSchema = z.strictObject(tokenSelection).refine(isOneSelection, selectionRule);
export type TokenSelection = z.infer<typeof tokenSelectionSchema>;

/** What `POST /identity/tokens/revoke` takes: which tokens, and why. */
export const revokeTokensSchema = z
  .strictObject({
    ...tokenSelection,
    reason: z.enum(revokedReasons),
    note: z
      .string()
      .trim()
      .max(500, "Use at most 500 characters")
      .optional()
      .describe("Kept with the token and in the audit log; the reason `other` needs one"),
    dryRun: z.boolean().optional().describe("Say what would happen, and change nothing"),
  })
  .refine(isOneSelection, selectionRule)
  .refine((input) => input.reason !== "other" || Boolean(input.note), {
    message: "Say why, so that others can understand it",
    path: ["note"],
  });
export type RevokeTokensInput = z.infer<typeof revokeTokensSchema>;

/** What `POST /identity/tokens/shorten` takes: which tokens, and when they are to end at the latest. */
export const shortenTokensSchema = z
  .strictObject({
    ...tokenSelection,
    expiresAt: timestampAhead,
    dryRun: z.boolean().optional().describe("Say what would happen, and change nothing"),
  })
  .refine(isOneSelection, selectionRule);
export type ShortenTokensInput = z.infer<typeof shortenTokensSchema>;

/** A token as everyone may see it: never the secret, never its hash. */
export const tokenSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(["api", "personal"]),
    name: z.string(),
    description: z.string(),
    hint: z.string(),
    permissionSet: z.enum(permissionSetIds).nullable(),
    scopes: z.array(z.string()),
    newerScopes: z
      .array(z.string())
      .describe("What its permission set or wildcards would grant today, and the token was not granted"),
    resources: resourceLimitsSchema.nullable(),
    allowedCidrs: z.array(z.string()),
    createdAt: z.iso.datetime(),
    createdBy: z.object({ id: z.uuid(), name: z.string(), active: z.boolean() }),
    expiresAt: z.iso.datetime().nullable(),
    firstUsedAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable(),
    lastUsedIp: z.string().nullable(),
    lastUsedAgent: z.string().nullable().describe("The User-Agent of the last call"),
    status: z.enum(tokenStatuses),
    revokedAt: z.iso.datetime().nullable(),
    revokedBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    revokedReason: z.enum(revokedReasons).nullable(),
    revokedNote: z.string().nullable(),
    rotatedFromId: z.uuid().nullable(),
    replacedById: z.uuid().nullable(),
  })
  .meta({ id: "Token" });
export type TokenView = z.infer<typeof tokenSchema>;

/** What became of a token that was to be revoked; in a dry run, what would. */
const revokedRow = z.object({
  id: z.uuid(),
  outcome: z.enum(["revoked", "already_revoked"]),
  name: z.string(),
  hint: z.string(),
  lastUsedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
});
const missingRow = z.object({ id: z.uuid(), outcome: z.literal("not_found") });
export type RevokedRow = z.infer<typeof revokedRow>;
export type RevokeRow = RevokedRow | z.infer<typeof missingRow>;

/** What `POST /identity/tokens` answers. */
export const createdTokenSchema = z.object({ token: tokenSchema, secret: z.string() }).meta({ id: "CreatedToken" });

/** What `POST /identity/tokens/revoke` answers. */
export const revokeResultSchema = z.object({
  dryRun: z.boolean(),
  results: z.array(z.discriminatedUnion("outcome", [revokedRow, missingRow])),
});

/** What became of a token that was to end earlier; in a dry run, what would. */
const shortenedRow = z.object({
  id: z.uuid(),
  outcome: z.enum(["shortened", "already_earlier", "not_working"]),
  name: z.string(),
  hint: z.string(),
  lastUsedAt: z.iso.datetime().nullable(),
  previousExpiresAt: z.iso.datetime().nullable().describe("Its expiry before this call; null: never"),
});
export type ShortenedRow = z.infer<typeof shortenedRow>;
export type ShortenRow = ShortenedRow | z.infer<typeof missingRow>;

/** What `POST /identity/tokens/shorten` answers. */
export const shortenResultSchema = z.object({
  dryRun: z.boolean(),
  results: z.array(z.discriminatedUnion("outcome", [shortenedRow, missingRow])),
});

const catalogueScope = z.object({
  scope: z.string(),
  label: z.string(),
  description: z.string(),
  grantable: z.boolean(),
});

/** What `GET /identity/permissions` answers. */
export const permissionsSchema = z
  .object({
    resources: z.array(
      z.object({ resource: z.string(), label: z.string(), group: z.string(), scopes: z.array(catalogueScope) }),
    ),
    permissionSets: z.array(
      z.object({
        id: z.enum(permissionSetIds),
        label: z.string(),
        description: z.string(),
        scopes: z.array(z.string()),
        requiresDatasets: z.boolean(),
        grantable: z.boolean(),
        missingScopes: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: "Permissions" });
