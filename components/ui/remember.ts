const yearSeconds = 365 * 24 * 60 * 60;

/** Remembers a choice in this browser for a year, as a cookie, so that the server knows it when it draws the page. */
export function remember(cookie: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we support.
  document.cookie = `${cookie}=${value}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax`;
}
