import { secretPattern } from "@/lib/tokens/secret";
import type { Finding } from "./schema";

/** Where a secret was found, in a form that is safe to keep and to show. */
export interface LeakPlace {
  url: string | null;
  source: string | null;
}

const maxUrlLength = 300;
const maxSourceLength = 64;
const secrets = new RegExp(secretPattern, "g");

/** Where a finding was made: without credentials, query and fragment, and without the secret itself. */
export function placeOf({ url, source }: Finding): LeakPlace {
  return { url: safeUrl(url ?? ""), source: withoutSecrets(source ?? "").slice(0, maxSourceLength) || null };
}

/** The place in words, for the note on the token. */
export function describePlace({ url, source }: LeakPlace): string {
  const where = [...(source === null ? [] : [`in ${source}`]), ...(url === null ? [] : [`at ${url}`])].join(" ");
  return `Reported as leaked${where === "" ? "; the report does not say where" : `, found ${where}`}`;
}

function safeUrl(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, host, pathname } = new URL(text);
  if (protocol !== "https:" && protocol !== "http:") return null;
  return `${protocol}//${withoutSecrets(host)}${safePath(pathname)}`.slice(0, maxUrlLength);
}

/** A file may be named by the secret, and its name be written with percent signs. */
function safePath(pathname: string): string {
  const plain = decoded(pathname);
  const safe = withoutSecrets(plain);
  return safe === plain ? pathname : encodeURI(safe);
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

function withoutSecrets(text: string): string {
  return text.replace(secrets, (secret) => `${secret.slice(0, 4)}…`);
}
