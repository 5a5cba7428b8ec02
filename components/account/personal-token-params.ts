import { parseAsString, parseAsStringLiteral } from "nuqs/server";

export const personalTokenFilters = ["working", "all"] as const;

/** The list's state in the URL: read by the page on the server, written by the panel in the browser. */
export const personalTokenParams = {
  status: parseAsStringLiteral(personalTokenFilters).withDefault("working"),
  cursor: parseAsString,
};
