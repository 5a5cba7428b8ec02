import {
  createParser,
  createSerializer,
  type inferParserType,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { dayMs } from "@/components/ui/dates";
import { isUuid } from "@/lib/access/ids";
import { allScopes } from "@/lib/access/scopes";
import type { TokenFilter } from "@/lib/tokens/schema";
import { tokenSorts, tokenStatuses } from "@/lib/tokens/vocabulary";

export const tokenStatusFilters = ["working", ...tokenStatuses, "all"] as const;
export type TokenStatusFilter = (typeof tokenStatusFilters)[number];
export const sortOrders = ["asc", "desc"] as const;
export type SortOrder = (typeof sortOrders)[number];

/** "Unused for … days": neither used nor created since. */
export const unusedDaysChoices = ["30", "90", "180"] as const;
/** "Expires within … days". */
export const expiryDaysChoices = ["7", "30", "90"] as const;

/** An id; anything else in the address counts as none. */
export const parseAsUuid = createParser({
  parse: (text) => (isUuid(text) ? text.toLowerCase() : null),
  serialize: (id: string) => id,
});

/** What narrows the table. Days rather than dates, so that a shared link means the same tomorrow. */
export const tokenFilterParams = {
  q: parseAsString.withDefault(""),
  status: parseAsStringLiteral(tokenStatusFilters).withDefault("working"),
  scope: parseAsStringLiteral(allScopes),
  createdBy: parseAsUuid,
  unusedDays: parseAsStringLiteral(unusedDaysChoices),
  expiresInDays: parseAsStringLiteral(expiryDaysChoices),
  neverExpires: parseAsBoolean,
  violatesPolicy: parseAsBoolean,
  overPrivileged: parseAsBoolean,
};

/** The table's state in the URL: read by the page on the server, written by the table in the browser. */
export const tokenTableParams = {
  ...tokenFilterParams,
  sort: parseAsStringLiteral(tokenSorts).withDefault("createdAt"),
  order: parseAsStringLiteral(sortOrders).withDefault("desc"),
  cursor: parseAsString,
};

export type TokenFilterState = inferParserType<typeof tokenFilterParams>;

/** Sets every filter back. */
export const noTokenFilters = {
  ...{ q: null, status: null, scope: null, createdBy: null, unusedDays: null, expiresInDays: null },
  ...{ neverExpires: null, violatesPolicy: null, overPrivileged: null, cursor: null },
};

/** The same filters as text: equal for two states that show the same tokens. */
export const serializeTokenFilters = createSerializer(tokenFilterParams);

/** The filter of the API that shows what the table shows at this time, in milliseconds. */
export function tokenFilterOf(state: TokenFilterState, now: number): TokenFilter {
  return {
    ...statusesOf(state.status),
    ...(state.q.trim() !== "" && { q: state.q.trim().slice(0, longestSearch) }),
    ...(state.scope !== null && { scope: state.scope }),
    ...(state.createdBy !== null && { createdBy: state.createdBy }),
    ...(state.unusedDays !== null && { unusedSince: daysFrom(now, -Number(state.unusedDays)) }),
    ...(state.expiresInDays !== null && { expiresBefore: daysFrom(now, Number(state.expiresInDays)) }),
    ...(state.neverExpires && { neverExpires: true as const }),
    ...(state.violatesPolicy && { violatesPolicy: true as const }),
    ...(state.overPrivileged && { overPrivileged: true as const }),
  };
}

const longestSearch = 80;

function statusesOf(status: TokenStatusFilter): Pick<TokenFilter, "status"> {
  if (status === "working") return {};
  return { status: status === "all" ? [...tokenStatuses] : [status] };
}

function daysFrom(now: number, days: number): string {
  return new Date(now + days * dayMs).toISOString();
}
