import { parseArgs } from "node:util";
import { z } from "zod";
import * as organizationList from "@/app/identity/organization/tokens/route";
import * as tenantList from "@/app/identity/tokens/route";
import { db } from "@/lib/db/client";
import { encodeCursor, type Order } from "@/lib/db/keyset";
import { pool } from "@/lib/db/pool";
import { call, contextOf, sessionCookie } from "@/lib/test/calls";
import { startScratchDatabase } from "@/lib/test/scratch-database";
import { watchStatements } from "@/lib/test/statements";
import type { TokenView } from "@/lib/tokens/schema";
import { tokenSorts } from "@/lib/tokens/vocabulary";
import { migrate } from "@/prisma/migrate";
import { seedIfEmpty } from "@/prisma/seed";
import { seedTokens } from "@/prisma/seed-tokens";

// `npm run bench:list [-- --tokens 1000000]`: pages of the API's lists among many tokens of one tenant, on a database
// of its own. Prints a Markdown table: the first page against the deepest ones, in both orders, medians of 5 rounds.

const rounds = 5;
const pageSize = 50;
const rareCount = 300;
const targetRatio = 2;
/** What takes less than this is not told apart. */
const noiseMilliseconds = 10;
/** One round is enough of what takes longer. */
const slowMilliseconds = 1000;

const { values: options } = parseArgs({
  options: { tokens: { type: "string", default: "1000000" }, only: { type: "string", default: "" } },
});
const lists = [
  { name: "tenant", handler: tenantList.GET, path: "/identity/tokens" },
  { name: "organization", handler: organizationList.GET, path: "/identity/organization/tokens" },
] as const;
type List = (typeof lists)[number];
type Sort = (typeof tokenSorts)[number];
type Caller = Awaited<ReturnType<typeof prepare>>;
type Watch = Awaited<ReturnType<typeof watchStatements>>;

const database = await startScratchDatabase();
process.env.DATABASE_URL = database.url;
try {
  const caller = await prepare(z.coerce.number().int().positive().parse(options.tokens));
  await report(caller, await watchStatements());
} finally {
  await pool.end();
  await database.stop();
}

async function prepare(count: number) {
  await migrate(database.url);
  await seedIfEmpty({ adminEmail: "admin@example.com", adminPassword: "a password for a bench", sampleMembers: true });
  const tenant = await db.tenant.findFirstOrThrow({ where: { name: "east" } });
  const owner = await db.user.findUniqueOrThrow({ where: { email: "admin@example.com" } });
  const other = await db.user.findUniqueOrThrow({ where: { email: "editor@acme.example" } });
  await seedTokens(tenant.id, count, (added) => process.stderr.write(`\r${added} tokens`));
  process.stderr.write("\n");
  // What few tokens have in common, spread over all of them.
  await db.$executeRaw`
    update tokens set superseded_at = now(), created_by_id = ${other.id}::uuid, scopes = scopes || 'audit:read'::text
    where id in (select id from tokens where revoked_at is null and (expires_at is null or expires_at > now())
      order by hash limit ${rareCount})`;
  await db.$executeRaw`vacuum analyze tokens`;
  const headers = contextOf({ organizationId: tenant.organizationId, tenantId: tenant.id });
  return { call: { headers, cookie: await sessionCookie(owner) }, owner: owner.id, other: other.id };
}

async function report(caller: Caller, watch: Watch): Promise<void> {
  process.stdout.write(`| list | filter | sort | first ms | deepest ms | ratio | statements |\n|${"---|".repeat(7)}\n`);
  const filters: [string, Record<string, string>][] = [
    ["working", {}],
    ["status: expired", { status: "expired" }],
    ["status: superseded, rare", { status: "superseded" }],
    ["q: one in eight", { q: "oslo" }],
    ["q: rare", { q: "-oslo-1000" }],
    ["q: none", { q: "no such name" }],
    ["createdBy: most", { createdBy: caller.owner }],
    ["createdBy: rare", { createdBy: caller.other }],
    ["scope: a third", { scope: "pipeline:write" }],
    ["scope: rare", { scope: "audit:read" }],
    ["scope: none", { scope: "organization:write" }],
  ];
  let over = 0;
  for (const list of lists)
    for (const [label, filter] of filters)
      for (const sort of tokenSorts) {
        if (!new RegExp(options.only).test(`${list.name} ${label} ${sort}`)) continue;
        const measured = [
          await measure(caller, watch, list, filter, sort, "asc"),
          await measure(caller, watch, list, filter, sort, "desc"),
        ];
        const ratio = Math.max(...measured.map((one) => one.ratio));
        if (ratio > targetRatio) over++;
        const cells = [
          ...[list.name, label, sort],
          ...[
            measured.map((one) => one.first.toFixed(0)).join(", "),
            measured.map((one) => one.deepest.toFixed(0)).join(", "),
          ],
          ...[ratio.toFixed(1), Math.max(...measured.map((one) => one.statements))],
        ];
        process.stdout.write(`| ${cells.join(" | ")} |\n`);
      }
  process.stdout.write(
    `\nOver a ratio of ${targetRatio}: ${over}. Times are of both orders; statements are of a whole call.\n`,
  );
}

async function measure(
  caller: Caller,
  watch: Watch,
  list: List,
  filter: Record<string, string>,
  sort: Sort,
  order: Order,
) {
  const query = { ...filter, sort, order, limit: String(pageSize) };
  const deep = await deepestCursors(caller, list, filter, sort, order);
  const pages = [undefined, ...deep].map((cursor) => ({ cursor, times: [] as number[] }));
  let most = 0;
  for (let round = 0; round < rounds; round++)
    for (const page of pages) {
      if (Math.max(...page.times) > slowMilliseconds) continue;
      const start = performance.now();
      const { statements } = await watch.during(() =>
        ask(caller, list, { ...query, ...(page.cursor !== undefined && { cursor: page.cursor }) }),
      );
      page.times.push(performance.now() - start);
      most = Math.max(most, statements.length);
    }
  const [first = Number.NaN, ...others] = pages.map(({ times }) => median(times));
  const deepest = Math.max(first, ...others);
  const ratio = Math.max(deepest, noiseMilliseconds) / Math.max(first, noiseMilliseconds);
  return { first, deepest: others.length === 0 ? first : Math.max(...others), ratio, statements: most };
}

/** Where the last page begins, and where the values end before the empty ones; none of a list of one page. */
async function deepestCursors(caller: Caller, list: List, filter: Record<string, string>, sort: Sort, order: Order) {
  const query = { ...filter, sort, limit: String(pageSize + 1) };
  const opposite = await ask(caller, list, { ...query, order: order === "asc" ? "desc" : "asc" });
  const lastOfValues = opposite.items.at(-1);
  if (opposite.nextCursor === null || !lastOfValues) return [];
  const cursors = [cursorAt(lastOfValues, sort, order)];
  if (sort === "name" || sort === "createdAt" || filter.status === "expired") return cursors;
  const end = order === "asc" ? "ffffffff-ffff-ffff-ffff-ffffffffffff" : "00000000-0000-0000-0000-000000000000";
  const fromEnd = encodeCursor({ sort, order, value: null, id: end, backward: true });
  const [lastOfEmpty] = (await ask(caller, list, { ...query, order, cursor: fromEnd })).items;
  return lastOfEmpty ? [...cursors, cursorAt(lastOfEmpty, sort, order)] : cursors;
}

function cursorAt(token: TokenView, sort: Sort, order: Order): string {
  return encodeCursor({ sort, order, value: token[sort], id: token.id, backward: false });
}

async function ask(
  caller: Caller,
  { handler, path }: List,
  query: Record<string, string>,
): Promise<{ items: TokenView[]; nextCursor: string | null }> {
  const { status, body } = await call(handler, `${path}?${new URLSearchParams(query)}`, caller.call);
  if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
