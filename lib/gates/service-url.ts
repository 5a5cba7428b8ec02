/** Where the service is reached, without a trailing slash; server.ts sets it from AUTH_URL, or HOST and PORT. */
export function serviceUrl(): string {
  return process.env.NEXTAUTH_URL ?? "";
}
