import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";
import { invalidRequest, Problem } from "@/lib/errors";
import { methods } from "@/lib/operation";
import type { ApiRequest } from "./message";

const base = "http://service.invalid";
const pageMethods: readonly string[] = [...methods, "HEAD", "OPTIONS"];

/**
 * Why Next is not given a request: it would answer with a fault what is the client's own. Null where it is given it;
 * `target` is the request target without its query.
 */
export function pageRefusal(method: string, target: string, headers: ApiRequest["headers"]): Problem | null {
  const invalid = (message: string) => invalidRequest([{ path: "", message }]);
  if (!pageMethods.includes(method))
    return new Problem({ code: "method_not_allowed", allow: pageMethods }, `${method} is not supported here`);
  // The absolute form is for proxies, and to be understood (RFC 9112 §3.2.2); the others name nothing here.
  if (!/^(\/|https?:\/\/)/i.test(target) || !URL.canParse(target, base))
    return invalid("The path must begin with a slash");
  if (!isDecodable(target)) return invalid("The path is not percent-encoded UTF-8");
  const origin = headers.get("origin");
  if (origin !== null && origin !== "null" && !URL.canParse(origin))
    return invalidRequest([{ path: "origin", message: "Not an origin" }]);
  if (!isRouterState(headers.get("next-router-state-tree") ?? undefined))
    return invalidRequest([{ path: "next-router-state-tree", message: "Not a state of the router" }]);
  const action = headers.get("next-action");
  if (action === "") return invalidRequest([{ path: "next-action", message: "Name the action" }]);
  // Forms without scripts would be sent so; there are none, and every server action is named in a header.
  const isForm = /^\s*multipart\/form-data/i.test(headers.get("content-type") ?? "") && action === null;
  return isForm ? new Problem({ code: "unsupported_media_type" }, "Nothing here takes a multipart form") : null;
}

/** As Next itself sees it: what it would throw at is refused here. */
function isRouterState(text: string | undefined): boolean {
  try {
    parseAndValidateFlightRouterState(text);
    return true;
  } catch {
    return false;
  }
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
