import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * The cookie of a browser that has signed in (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"): a random
 * name for the browser, and for each account it signed in to a signature of both. It opens nothing and tells nothing of
 * the account; what it gives is a counter of failed attempts of its own.
 */

const idBytes = 16;
const signatureBytes = 16;
/** The accounts a browser is known for: the latest. */
const maxAccounts = 5;

/** The name of the browser, if it signed in to this account before; otherwise null. */
export function knownDevice(cookie: string | undefined, email: string): string | null {
  const { id, signatures } = read(cookie);
  if (id === null) return null;
  const expected = Buffer.from(sign(id, email));
  const isKnown = signatures.some((signature) => timingSafeEqual(Buffer.from(signature), expected));
  return isKnown ? id : null;
}

/** The cookie from now on, for a browser that has just signed in to this account. */
export function rememberDevice(cookie: string | undefined, email: string): string {
  const { id, signatures } = read(cookie);
  const name = id ?? randomBytes(idBytes).toString("base64url");
  const own = sign(name, email);
  return [name, own, ...signatures.filter((other) => other !== own)].slice(0, 1 + maxAccounts).join(".");
}

const part = /^[\w-]{22}$/;

function read(cookie: string | undefined): { id: string | null; signatures: readonly string[] } {
  const [id, ...signatures] = cookie?.split(".") ?? [];
  const isWellFormed = id !== undefined && [id, ...signatures].every((text) => part.test(text));
  return isWellFormed ? { id, signatures: signatures.slice(0, maxAccounts) } : { id: null, signatures: [] };
}

function sign(id: string, email: string): string {
  const secret = process.env.NEXTAUTH_SECRET;
  if (!secret) throw new Error("NEXTAUTH_SECRET is not set: start through server.ts");
  const key = new Uint8Array(hkdfSync("sha256", secret, "", "praxis-identity known device", 32));
  const signature = createHmac("sha256", key).update(`${id} ${email}`).digest();
  return signature.subarray(0, signatureBytes).toString("base64url");
}
