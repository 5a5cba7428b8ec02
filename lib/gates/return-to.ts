const base = "http://return-to.invalid";

/** Where to sign in, to go to a path of this site then. */
export function signInPath(returnTo: string): string {
  return `/sign-in?${new URLSearchParams({ returnTo })}`;
}

/** The same at the OpenID provider. */
export function singleSignOnPath(returnTo: string): string {
  return `/sign-in/sso?${new URLSearchParams({ returnTo })}`;
}

/** The path on this site to go to after sign-in. Anything that could lead elsewhere becomes `/`. */
export function safeReturnTo(value: string | string[] | undefined): string {
  if (typeof value !== "string" || !value.startsWith("/") || !URL.canParse(value, base)) return "/";
  const url = new URL(value, base);
  // Browsers read `//host` and `/\host` as another site; parsing as they do tells.
  const path = url.pathname + url.search;
  return url.origin === base && !path.startsWith("//") ? path : "/";
}
