import type { ApiRequest } from "./message";

/** Whether a browser says that another origin, of the same site or not, made it send this (W3C Fetch Metadata). */
export function isFromElsewhere(headers: ApiRequest["headers"]): boolean {
  const site = headers.get("sec-fetch-site");
  return site !== null && site !== "same-origin" && site !== "none";
}
