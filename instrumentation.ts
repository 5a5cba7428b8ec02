import type { Instrumentation } from "next";
import { DatabaseUnavailable } from "@/lib/db/unavailable";
import { noteUndecidedPage } from "@/lib/page-faults";
import { nonceHeader } from "@/lib/security-headers";

/** Called by Next with what a page threw. */
export const onRequestError: Instrumentation.onRequestError = (error, { headers }) => {
  const nonce = headers[nonceHeader];
  if (typeof nonce === "string" && DatabaseUnavailable.is(error)) noteUndecidedPage(nonce);
};
