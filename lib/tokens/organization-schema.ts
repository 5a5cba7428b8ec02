import { z } from "zod";
import { instant } from "@/lib/instant";
import { revokeTokensSchema, tokenFilterSchema, tokenSchema, tokenSelection, tokenSelectionSchema } from "./schema";

/** The shapes of an organization's tokens on the wire, shared by the page, its action and the route handlers. */

/** A token that was neither used nor created for this long is idle. */
export const idleDays = 90;
/** A revocation counts as recent for this long. */
export const recentlyRevokedDays = 30;
/** The most tokens that are counted; with more, the counts are of the first ones found. */
export const maxCountedTokens = 100_000;

const tenant = z.object({ id: z.uuid(), name: z.string() });

/** What is counted of tokens. All but the last count working ones. */
export const tokenCounts = [
  "working",
  "expiring",
  "neverExpires",
  "idle",
  "overPrivileged",
  "violatesPolicy",
  "recentlyRevoked",
] as const;
export type TokenCount = (typeof tokenCounts)[number];

const count = z.number().int();
const countsSchema = z.object({
  working: count.describe("Tokens that are accepted"),
  expiring: count.describe("Those that expire within 14 days and have no successor"),
  neverExpires: count.describe("Those without an expiry"),
  idle: count.describe(`Those neither used nor created in the last ${idleDays} days`),
  overPrivileged: count.describe(`Those that hold a scope they did not use in the last ${idleDays} days`),
  violatesPolicy: count.describe("Those that the policy of their tenant would not let be issued"),
  recentlyRevoked: count.describe(`Revoked in the last ${recentlyRevokedDays} days`),
}) satisfies z.ZodType<Record<TokenCount, number>>;
export type TokenCounts = z.infer<typeof countsSchema>;

/** What `GET /identity/organization/tokens/summary` answers. */
export const tokenRollUpSchema = z
  .object({
    total: countsSchema,
    tenants: z.array(tenant.extend({ counts: countsSchema })).describe("Every tenant, by name"),
    complete: z
      .boolean()
      .describe(`False when there are more than ${maxCountedTokens} tokens to count: the counts are too low then`),
  })
  .meta({ id: "TokenSummary" });
export type TokenRollUp = z.infer<typeof tokenRollUpSchema>;

/** What the lists and bulk revocation of an organization can be narrowed by, beside what those of a tenant can. */
const organizationFilter = {
  tenant: z.uuid().toLowerCase().optional().describe("The id of a tenant"),
  revokedSince: instant.optional().describe("With the status `revoked`: only those revoked from this time on"),
};

export const organizationTokenFilterSchema = tokenFilterSchema.extend(organizationFilter);
export type OrganizationTokenFilter = z.infer<typeof organizationTokenFilterSchema>;

const selectionFilter = {
  filter: organizationTokenFilterSchema.optional().describe(tokenSelection.filter.description ?? ""),
};

/** Which tokens a call on many of an organization is about. */
export const organizationTokenSelectionSchema = tokenSelectionSchema.safeExtend(selectionFilter);
export type OrganizationTokenSelection = z.infer<typeof organizationTokenSelectionSchema>;

/** What `POST /identity/organization/tokens/revoke` takes. */
export const revokeOrganizationTokensSchema = revokeTokensSchema.safeExtend(selectionFilter);
export type RevokeOrganizationTokensInput = z.infer<typeof revokeOrganizationTokensSchema>;

/** A token and the tenant it is of. */
export const organizationTokenSchema = tokenSchema.extend({ tenant }).meta({ id: "OrganizationToken" });
export type OrganizationTokenView = z.infer<typeof organizationTokenSchema>;
