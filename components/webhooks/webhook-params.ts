import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { deliveryStates } from "@/lib/webhooks/schema";

export const deliveryFilters = ["all", ...deliveryStates] as const;

/** The tab's state in the URL: read by the page on the server, written by the panel in the browser. */
export const webhookParams = {
  /** The webhook whose deliveries are shown; null: the list. */
  webhook: parseAsString,
  state: parseAsStringLiteral(deliveryFilters).withDefault("all"),
  cursor: parseAsString,
};
