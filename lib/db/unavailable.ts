import { DeadlineExceeded } from "@/lib/deadline";

// SQLSTATE classes and codes of a server that cannot serve: connection exceptions, insufficient resources,
// shutting down, starting up, and statements, locks and abandoned transactions that it gave up on.
const unavailableSqlStates = /^(08|53|57P0|57014|55P03|25P03|25006|58)/;
const unavailableNodeCodes = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOENT", "EHOSTUNREACH"]);
const unavailablePrismaCodes = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"]);
const unavailableMessages =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|Can't reach/;

/** Tells faults of the database from faults of ours. */
export const DatabaseUnavailable = {
  /** True when the error says that the database could not be reached or could not serve. */
  is(error: unknown): boolean {
    if (error instanceof DeadlineExceeded) return true;
    if (!(error instanceof Error)) return false;
    const code = "code" in error && typeof error.code === "string" ? error.code : "";
    return (
      unavailableSqlStates.test(code) ||
      unavailableNodeCodes.has(code) ||
      unavailablePrismaCodes.has(code) ||
      unavailableMessages.test(error.message) ||
      ("cause" in error && DatabaseUnavailable.is(error.cause))
    );
  },
};
