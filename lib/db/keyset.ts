import { z } from "zod";
import { invalidRequest } from "@/lib/errors";
import { isStorableTime } from "@/lib/instant";

/** Keyset paging: a page starts after (or, going back, before) a row, not at an offset. */

const cursorSchema = z.strictObject({
  sort: z.string(),
  order: z.enum(["asc", "desc"]),
  /** The last row's sort value; null where the column was empty. */
  value: z.string().refine(isStorable).nullable(),
  id: z.uuid(),
  backward: z.boolean(),
});
export type Cursor = z.infer<typeof cursorSchema>;
export type Order = Cursor["order"];

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  previousCursor: string | null;
}

/** The opaque text of a cursor. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/** Reads a cursor made for this very sort and order. Throws 400 naming `cursor`. */
export function decodeCursor(text: string, sort: string, order: Order): Cursor {
  const invalid = (message: string) => invalidRequest([{ path: "cursor", message }]);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    throw invalid("Not a cursor of this list");
  }
  const cursor = cursorSchema.safeParse(value);
  if (!cursor.success) throw invalid("Not a cursor of this list");
  if (cursor.data.sort !== sort || cursor.data.order !== order)
    throw invalid("This cursor is of a list sorted otherwise; start again without it");
  return cursor.data;
}

interface KeysetQuery<Row> {
  sort: string;
  order: Order;
  cursor: string | undefined;
  limit: number;
  /** Whether the sort column can be empty; empty ones come last in either order. */
  nullable: boolean;
  /** What every value exceeds, if that is known: nothing below it is read only to be left out. */
  above?: Date | undefined;
  /** The column's value in a row, as text. */
  valueOf(row: Row): string | null;
  /** The column's value as the database compares it. Throws on one that cannot be. */
  parse(value: string): string | Date;
  fetch(query: KeysetFetch): Promise<Row[]>;
}

/** Where a fetch begins, for those that write SQL. */
export interface KeysetPlace {
  /** Whether the rows to fetch are those whose sort column is empty, or the others. */
  empty: boolean;
  /** The row to start after, in the direction of travel; null for all of them. */
  after: { value: string | Date | null; id: string } | null;
  above: Date | undefined;
}

/** What to fetch: as Prisma takes it, and for those that write SQL. */
interface KeysetFetch {
  where: object;
  orderBy: object[];
  take: number;
  place: KeysetPlace;
  /** The row to start after, in the direction of travel; null for the first page. */
  cursor: Cursor | null;
  direction: Order;
}

/** Fetches one page by keyset, in either direction, with the cursors to its neighbours. */
export async function keysetPage<Row extends { id: string }>(query: KeysetQuery<Row>): Promise<Page<Row>> {
  const { sort, order, limit } = query;
  const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, sort, order);
  const backward = cursor?.backward ?? false;
  const direction = backward === (order === "asc") ? "desc" : "asc";
  const fetched: Row[] = [];
  for (const part of partsOf(query, cursor, direction)) {
    if (fetched.length > limit) break;
    fetched.push(...(await query.fetch({ ...part, take: limit + 1 - fetched.length, cursor, direction })));
  }
  const hasMore = fetched.length > limit;
  const rows = fetched.slice(0, limit);
  if (backward) rows.reverse();
  const edge = (row: Row | undefined, isBackward: boolean): string | null =>
    row ? encodeCursor({ sort, order, value: query.valueOf(row), id: row.id, backward: isBackward }) : null;
  return {
    items: rows,
    nextCursor: backward || hasMore ? edge(rows.at(-1), false) : null,
    previousCursor: (backward ? hasMore : cursor !== null) ? edge(rows[0], true) : null,
  };
}

/**
 * What to read, one after the other until the page is full. Empty values stand after all others in either order, in id
 * order, and are a part of their own: an index that has them at its end serves one order only.
 */
function partsOf(
  { sort, nullable, above, parse }: Pick<KeysetQuery<never>, "sort" | "nullable" | "above" | "parse">,
  cursor: Cursor | null,
  direction: Order,
): Pick<KeysetFetch, "where" | "orderBy" | "place">[] {
  // Of empty values, too: by the id alone, they would be looked for among all the table's.
  const orderBy = [{ [sort]: direction }, { id: direction }];
  const bound = above === undefined ? {} : { AND: [{ [sort]: { gt: above } }] };
  const further = direction === "asc" ? "gt" : "lt";
  const tie = cursor === null ? {} : { id: { [further]: cursor.id } };
  if (cursor !== null && cursor.value !== null) {
    const value = parse(cursor.value);
    // The bound says nothing new, but an index is entered there, where an OR would be read from its beginning.
    const beyond = { [sort]: { [`${further}e`]: value }, OR: [{ [sort]: { [further]: value } }, tie], ...bound };
    const valued = { where: beyond, orderBy, place: { empty: false, after: { value, id: cursor.id }, above } };
    const empty = { where: { [sort]: null }, orderBy, place: { empty: true, after: null, above } };
    return nullable && !cursor.backward ? [valued, empty] : [valued];
  }
  if (!nullable) {
    if (cursor !== null) throw invalidRequest([{ path: "cursor", message: "Not a cursor of this list" }]);
    return [{ where: {}, orderBy, place: { empty: false, after: null, above } }];
  }
  const after = cursor && { value: null, id: cursor.id };
  const empty = { where: { [sort]: null, ...tie }, orderBy, place: { empty: true, after, above } };
  const valued = {
    ...{ where: { [sort]: { not: null }, ...bound }, orderBy },
    place: { empty: false, after: null, above },
  };
  if (cursor === null) return [valued, empty];
  return cursor.backward ? [empty, valued] : [empty];
}

/** Whether PostgreSQL can hold this text, and so compare with it. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/** Reads the time in a cursor. Throws 400 naming `cursor`. */
export function cursorTime(value: string): Date {
  const time = new Date(value);
  if (!isStorableTime(time)) throw invalidRequest([{ path: "cursor", message: "Not a cursor of this list" }]);
  return time;
}
