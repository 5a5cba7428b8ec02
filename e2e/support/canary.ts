import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page, Response } from "@playwright/test";
import pg from "pg";
import { requestExamples } from "@/lib/openapi/examples";
import { parseSecret, secretPattern } from "@/lib/tokens/secret";
import { password as storyPassword } from "./story";

/** Looks for plaintext secrets where none may be. A secret is known by its form, so that no story has to name its own. */

/** What people in stories type as passwords; what the service makes up has a form of its own. */
export const storyPasswords = [storyPassword, "four unrelated words here", "not my password"];

const six = "[2-9b-df-hjkm-np-tv-xz]{6}";
/** Tokens, webhook secrets and passwords that the service makes up, for JavaScript and for PostgreSQL alike. */
const form = `${secretPattern}|whsec_[0-9A-Za-z+/]{40,}|(?:${six}-){3}${six}`;

/** Examples in the documentation have the form, and open nothing. */
const publishedExamples = JSON.stringify(requestExamples);

/** What a text holds of secrets. */
export function secretsIn(text: string): string[] {
  const formed = [...text.matchAll(new RegExp(form, "g"))].map(([match]) => match);
  // By chance, what has the form of a token has its checksum once in 57 billion times.
  const real = formed.filter((match) => !/^px[tp]_/.test(match) || parseSecret(match) !== null);
  return [
    ...real.filter((match) => !publishedExamples.includes(match)),
    ...passwords().filter((password) => text.includes(password)),
  ];
}

function passwords(): string[] {
  const admin = process.env.PRAXIS_ADMIN_PASSWORD;
  return admin ? [...storyPasswords, admin] : storyPasswords;
}

/** Every secret in a database, in any table of any schema, with where it is; octets are searched as text, too. */
export async function secretsInDatabase(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string; octets: string[] }>(`
      select relations.oid::regclass::text as name,
        array(
          select quote_ident(attname) from pg_attribute
          where attrelid = relations.oid and atttypid = 'bytea'::regtype and attnum > 0 and not attisdropped
        ) as octets
      from pg_class relations
      where relkind in ('r', 'm') and relnamespace::regnamespace::text !~ '^(pg_|information_schema$)'`);
    const found: string[] = [];
    for (const { name, octets } of tables) found.push(...(await secretsInTable(client, name, octets)));
    return found;
  } finally {
    await client.end();
  }
}

async function secretsInTable(client: pg.Client, table: string, octets: readonly string[]): Promise<string[]> {
  const text = ["found::text", ...octets.map((column) => `encode(${column}, 'escape')`)].join(", ");
  const { rows } = await client.query<{ text: string }>(
    `select text from (select concat_ws(' ', ${text}) as text from ${table} as found) as rows
      where text ~ $1 or exists (select from unnest($2::text[]) as password where position(password in text) > 0)`,
    [form, passwords()],
  );
  return rows.flatMap((row) => secretsIn(row.text).map((secret) => `${table}: ${masked(secret)}`));
}

/** Every secret in what the services of this run wrote, with where it is. */
export async function secretsInLogs(directory: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(directory))
    found.push(
      ...secretsIn(await readFile(join(directory, name), "utf8")).map((secret) => `${name}: ${masked(secret)}`),
    );
  return found;
}

/** What the page received that held the secret: the kinds of its answers, in their order. */
export function watchAnswers(page: Page): { holding(secret: string): Promise<string[]> } {
  const answers: { response: Response; body: Promise<string> }[] = [];
  page.on("response", (response) => {
    const body = response.body().then(
      (bytes) => bytes.toString("utf8"),
      // A redirect has none, and one that was left has it no more.
      () => "",
    );
    answers.push({ response, body });
  });
  return {
    async holding(secret) {
      const read = await Promise.all(
        answers.map(async ({ response, body }) => {
          const headers = JSON.stringify(await response.allHeaders());
          return { response, isHolding: `${headers}${await body}`.includes(secret) };
        }),
      );
      return read
        .filter(({ isHolding }) => isHolding)
        .map(({ response }) => `${response.request().method()} ${response.headers()["content-type"] ?? ""}`);
    },
  };
}

/** Enough to look for it, too little to use it. */
function masked(secret: string): string {
  return `${secret.slice(0, 8)}…`;
}
