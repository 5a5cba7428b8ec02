const base = "http://return-to.invalid";

/** The path on this site to go to after sign-in. Anything that could lead elsewhere becomes `/`. */
export function safeReturnTo(value: string | string[] | undefined): string {
  if (typeof value !== "string" || !value.startsWith("/") || !URL.canParse(value, base)) return "/";
  const url = new URL(value, base);
  // Browsers read `//host` and `/\host` as another site; parsing as they do tells.
  const path = url.pathname + url.search;
  return url.origin === base && !path.startsWith("//") ? path : "/";
}
