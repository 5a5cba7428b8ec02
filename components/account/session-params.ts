import { parseAsString } from "nuqs/server";

/** The state of the session list in the URL. */
export const sessionParams = { cursor: parseAsString };
