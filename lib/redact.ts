const redacted = "[redacted]";
/** Nothing that is logged on purpose is as deep. */
const maxDepth = 8;

const secretName =
  /^(proxy-)?authorization$|^(set-)?cookies?$|password|passwd|secret|credential|^x-api-key$|private.?key|^(access|refresh|id)?_?token$/i;

/** A copy whose values with the names of secrets (RFC 9110 credentials, cookies, passwords) are left out, at any depth. */
export function withoutNamedSecrets(entry: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, member(name, value, 0)]));
}

function member(name: string, value: unknown, depth: number): unknown {
  // What is known of a token, its id and hint, is no secret.
  const isSecret = secretName.test(name) && !(typeof value === "object" && /token$/i.test(name));
  if (isSecret && value !== undefined && value !== null) return redacted;
  // Errors have a serializer of their own.
  if (typeof value !== "object" || value === null || (depth === 0 && value instanceof Error)) return value;
  if ("toJSON" in value) return value;
  if (depth > maxDepth) return "[too deep]";
  // In a list of raw headers, the value follows its name.
  if (Array.isArray(value)) return value.map((item, index) => member(String(value[index - 1]), item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, member(key, inner, depth + 1)]));
}

/**
 * What secrets look like wherever they stand, in a line of JSON, and what stays of them. Each leaves JSON what it was,
 * and takes time in proportion to the text: some of it comes from callers.
 */
const forms: readonly (readonly [RegExp, string])[] = [
  // Our tokens, also when cut off; a hint has no five characters in a row.
  [/(px[tp]_)[0-9A-Za-z]{5,}/g, `$1${redacted}`],
  [/(whsec_)[0-9A-Za-z+/=]+/g, `$1${redacted}`],
  // Credentials by scheme (RFC 9110 §11.4), and signed or encrypted tokens (RFC 7515, RFC 7516).
  [/(bearer|basic)( +)[\w.~+/=-]{8,}/gi, `$1$2${redacted}`],
  [/(?<=^|[^\w-]|\\[bfnrt]|\\u[0-9a-f]{4})ey[\w-]{8,}(?:\.[\w-]*){2,4}/g, redacted],
  // The password of a URL: postgresql://user:password@host.
  [/([a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@"\\]*:)[^\s/@"\\]+@/gi, `$1${redacted}@`],
  [/((?:__(?:Secure|Host)-)?next-auth\.[\w.-]+=)[^;,\s"\\]+/g, `$1${redacted}`],
  [/(cookie: *)[^"\\]+/gi, `$1${redacted}`],
  // Fields of a form or a query, of JSON, and of JSON within a string.
  [/((?:password|secret|token)=)[^\s"'\\&,;]+/gi, `$1${redacted}`],
  [/([?&](?:code|state)=)[^\s"'\\&,;]+/gi, `$1${redacted}`],
  [/("(?:[\w-]*password|[\w-]*secret|authorization|cookie)" *: *")(?:[^"\\]|\\.)*/gi, `$1${redacted}`],
  [/(\\"(?:[\w-]*password|[\w-]*secret|authorization|cookie)\\" *: *\\")(?:[^"\\]|\\\\\\.|\\\\)*/gi, `$1${redacted}`],
];

/** The text without anything that has the form of a secret. A line of JSON stays one. */
export function withoutFormedSecrets(text: string): string {
  return forms.reduce((result, [form, replacement]) => result.replace(form, replacement), text);
}
