import pg from "pg";
import * as tokenList from "@/app/identity/tokens/route";
import * as verify from "@/app/identity/verify/route";
import { encodeCursor } from "@/lib/db/keyset";
import { call } from "@/lib/test/calls";
import { createMember, createTokenRow, type Place } from "@/lib/test/fixtures";
import { type Statement, watchStatements } from "@/lib/test/statements";

const batchSize = 32;
/** What is beyond them are values, such as the hashes of a batch. */
const maxColumns = 240;

/** How PostgreSQL carries a statement out. */
export interface Plan {
  name: string;
  lines: readonly string[];
}

/**
 * The plans of the hot statements, as the service sends them for real calls: EXPLAIN (ANALYZE, BUFFERS), of its third
 * run, in a transaction that is rolled back.
 */
export async function hotPlans(databaseUrl: string, place: Place, secrets: readonly string[]): Promise<Plan[]> {
  const creator = await createMember(place, "owner");
  const reader = await createTokenRow(place, { scopes: ["token:read"], creatorId: creator.id });
  const watch = await watchStatements();
  const verified = await watch.during(() =>
    Promise.all(
      secrets.slice(0, batchSize).map((token) => call(verify.GET, "/identity/verify?scope=pipeline:read", { token })),
    ),
  );
  const list = (query: Record<string, string>) =>
    watch.during(() => call(tokenList.GET, `/identity/tokens?${new URLSearchParams(query)}`, { token: reader.secret }));
  const first = await list({ sort: "createdAt" });
  const oldest = (await list({ sort: "createdAt", order: "asc", limit: "51" })).result.body.items.at(-1);
  const at = { sort: "createdAt", order: "desc", value: oldest.createdAt, id: oldest.id, backward: false } as const;
  const deep = await list({ sort: "createdAt", cursor: encodeCursor(at) });
  const hot: [string, Statement][] = [
    ["Look up tokens, as a batch", largest(verified.statements, "t.hash = any(")],
    ["Record their uses", largest(verified.statements, "record_token_uses")],
    ["First page of the list", largest(first.statements, "from tokens t where")],
    ["Deepest page of the list", largest(deep.statements, "from tokens t where")],
  ];
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const plans: Plan[] = [];
    for (const [name, statement] of hot) plans.push({ name, lines: await explain(client, statement) });
    return plans;
  } finally {
    await client.end();
  }
}

/** The one of the largest batch. */
function largest(statements: readonly Statement[], part: string): Statement {
  const size = ({ values: [first] }: Statement) => (Array.isArray(first) ? first.length : 0);
  const [found] = statements.filter(({ text }) => text.includes(part)).toSorted((a, b) => size(b) - size(a));
  if (!found) throw new Error(`No statement was sent with ${part}`);
  return found;
}

async function explain(client: pg.Client, { text, values }: Statement): Promise<string[]> {
  let lines: string[] = [];
  for (let run = 0; run < 3; run++) {
    await client.query("begin");
    const { rows } = await client.query<{ "QUERY PLAN": string }>(`explain (analyze, buffers) ${text}`, [...values]);
    lines = rows.map(({ "QUERY PLAN": line }) => (line.length > maxColumns ? `${line.slice(0, maxColumns)}…` : line));
    await client.query("rollback");
  }
  return lines;
}
