import { parseAsString } from "nuqs/server";

/** The list's state in the URL: read by the page on the server, written by the panel in the browser. */
export const tenantListParams = { cursor: parseAsString };
