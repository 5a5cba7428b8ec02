interface Call {
  method: string;
  path: string;
  credentials: readonly ("token" | "session" | "signature")[];
  body: { mediaType: string; example: unknown } | null;
}

/** A curl command for the operation, with the variables that the guide sets. */
export function curlFor({ method, path, credentials, body }: Call): string {
  const url = `"$PRAXIS_URL${path.replace(/\{id\}/, "$ID")}"`;
  const isImplied = method === "get" || (method === "post" && body !== null);
  const parts = [
    `curl ${isImplied ? "" : `-X ${method.toUpperCase()} `}${url}`,
    ...(credentials.includes("token") ? ['-H "Authorization: Bearer $PRAXIS_TOKEN"'] : []),
    // Only a session will do, which the guide keeps in this file.
    ...(credentials.includes("session") && !credentials.includes("token") ? ["-b cookies.txt"] : []),
    ...(credentials.includes("signature")
      ? ['-H "Github-Public-Key-Identifier: $KEY_ID"', '-H "Github-Public-Key-Signature: $SIGNATURE"']
      : []),
    ...(body === null ? [] : bodyParts(body)),
  ];
  return parts.join(" \\\n  ");
}

function bodyParts({ mediaType, example }: NonNullable<Call["body"]>): string[] {
  if (mediaType === "application/x-www-form-urlencoded")
    return Object.entries(Object(example)).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`);
  return [`-H "Content-Type: ${mediaType}"`, `-d ${quoted(JSON.stringify(example ?? {}, null, 2))}`];
}

/** In single quotes, for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
