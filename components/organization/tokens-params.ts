import { createSerializer, type inferParserType, parseAsStringLiteral } from "nuqs/server";
import {
  noTokenFilters,
  parseAsUuid,
  tokenFilterOf,
  tokenFilterParams,
  tokenTableParams,
} from "@/components/tokens/token-params";
import { dayMs } from "@/components/ui/dates";
import { type OrganizationTokenFilter, type TokenCount, tokenCounts } from "@/lib/tokens/organization-schema";

const filterParams = {
  ...tokenFilterParams,
  tenant: parseAsUuid,
  /** Days rather than dates, as in the filters of a tenant's table. */
  revokedDays: parseAsStringLiteral(["30"]),
};

/** The page's state in the URL: read by the page on the server, written by the table in the browser. */
export const organizationTokenParams = {
  ...tokenTableParams,
  ...filterParams,
  /** Whether the breakdown shows every tenant. */
  tenants: parseAsStringLiteral(["all"]),
};
export type OrganizationTokenState = inferParserType<typeof organizationTokenParams>;

/** Sets every filter back. */
export const noOrganizationTokenFilters = { ...noTokenFilters, tenant: null, revokedDays: null };

/** The page's address with another state: what is null is left out, what is absent stays. */
export const serializeOrganizationTokens = createSerializer(organizationTokenParams);

/** The filters as text: equal for two states that show the same tokens. */
export const serializeOrganizationTokenFilters = createSerializer(filterParams);

/** The filter that shows exactly the tokens of a count. */
export const filtersOfCount: Readonly<Record<TokenCount, Partial<OrganizationTokenState>>> = {
  working: {},
  expiring: { status: "expiring" },
  neverExpires: { neverExpires: true },
  idle: { unusedDays: "90" },
  overPrivileged: { overPrivileged: true },
  violatesPolicy: { violatesPolicy: true },
  recentlyRevoked: { status: "revoked", revokedDays: "30" },
};

/** The count whose tokens are shown, in whichever tenant and searched or not; null when other filters narrow them. */
export function countShown(state: OrganizationTokenState): TokenCount | null {
  const shown = serializeOrganizationTokenFilters({ ...state, tenant: null, q: null });
  return tokenCounts.find((count) => serializeOrganizationTokenFilters(filtersOfCount[count]) === shown) ?? null;
}

/** The filter of the API that shows what the page shows at this time, in milliseconds. */
export function organizationTokenFilterOf(state: OrganizationTokenState, now: number): OrganizationTokenFilter {
  return {
    ...tokenFilterOf(state, now),
    ...(state.tenant !== null && { tenant: state.tenant }),
    ...(state.revokedDays !== null && {
      revokedSince: new Date(now - Number(state.revokedDays) * dayMs).toISOString(),
    }),
  };
}
