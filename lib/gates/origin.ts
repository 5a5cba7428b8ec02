import { randomUUID } from "node:crypto";
import type { Origin } from "@/lib/access/principal";
import type { ApiRequest } from "./message";

/** Set by server.ts from the connection (and TRUSTED_PROXIES), replacing whatever the client sent under this name. */
export const clientAddressHeader = "x-praxis-client-address";

const maxLoggedLength = 512;

/** Where a call came from. Makes its correlation id, or takes the trace-id of a valid inbound traceparent. */
export function originOf(headers: ApiRequest["headers"], method: string, path: string): Origin {
  return {
    correlationId: traceId(headers.get("traceparent")) ?? randomUUID().replaceAll("-", ""),
    method,
    path: path.slice(0, maxLoggedLength),
    address: headers.get(clientAddressHeader),
    userAgent: headers.get("user-agent")?.slice(0, maxLoggedLength) ?? null,
  };
}

/** The trace-id of a W3C Trace Context `traceparent`; null unless all of it is valid. */
export function traceId(traceparent: string | null): string | null {
  const match = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/.exec(traceparent ?? "");
  if (!match) return null;
  const [, version, trace, parent, extra] = match;
  if (version === "ff" || (version === "00" && extra !== undefined)) return null;
  if (trace === undefined || /^0+$/.test(trace) || parent === undefined || /^0+$/.test(parent)) return null;
  return trace;
}
