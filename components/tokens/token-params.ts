import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { tokenSorts } from "@/lib/tokens/schema";

export const tokenStatusFilters = ["working", "active", "expiring", "expired", "revoked", "all"] as const;
export type TokenStatusFilter = (typeof tokenStatusFilters)[number];
export const sortOrders = ["asc", "desc"] as const;
export type SortOrder = (typeof sortOrders)[number];

/** The table's state in the URL: read by the page on the server, written by the table in the browser. */
export const tokenTableParams = {
  q: parseAsString.withDefault(""),
  status: parseAsStringLiteral(tokenStatusFilters).withDefault("working"),
  sort: parseAsStringLiteral(tokenSorts).withDefault("createdAt"),
  order: parseAsStringLiteral(sortOrders).withDefault("desc"),
  cursor: parseAsString,
};
