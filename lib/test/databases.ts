import { randomBytes } from "node:crypto";
import pg from "pg";

/** Begins a transaction that holds locks while the test does something else, however long that takes. */
export const beginHolding = "begin; set local idle_in_transaction_session_timeout = 0";

/** Creates a database, empty or as a copy of a template, and returns its URL. */
export async function createDatabase(adminUrl: string, name: string, template?: string): Promise<string> {
  const source = template === undefined ? "" : `TEMPLATE ${pg.escapeIdentifier(template)}`;
  await query(adminUrl, `CREATE DATABASE ${pg.escapeIdentifier(name)} ${source}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Drops a database, whoever is connected to it. */
export function dropDatabase(adminUrl: string, name: string): Promise<unknown[]> {
  return query(adminUrl, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
}

/** A database name that no other test run on the same server uses. */
export function uniqueName(prefix: string): string {
  return `${prefix}_${randomBytes(6).toString("hex")}`;
}

/** Runs one statement on a connection of its own. */
export async function query<Row extends pg.QueryResultRow = Record<string, unknown>>(
  url: string,
  sql: string,
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
