import { z } from "zod";
import { invalidRequest } from "@/lib/errors";

/** Keyset paging: a page starts after (or, going back, before) a row, not at an offset. */

const cursorSchema = z.strictObject({
  sort: z.string(),
  order: z.enum(["asc", "desc"]),
  /** The last row's sort value; null where the column was empty. */
  value: z.string().nullable(),
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
  /** The column's value in a row, as text. */
  valueOf(row: Row): string | null;
  /** The column's value as the database compares it. Throws on one that cannot be. */
  parse(value: string): string | Date;
  fetch(query: { where: object; orderBy: object[]; take: number }): Promise<Row[]>;
}

/** Fetches one page by keyset, in either direction, with the cursors to its neighbours. */
export async function keysetPage<Row extends { id: string }>(query: KeysetQuery<Row>): Promise<Page<Row>> {
  const { sort, order, limit } = query;
  const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, sort, order);
  const backward = cursor?.backward ?? false;
  const direction = backward === (order === "asc") ? "desc" : "asc";
  const nulls = backward ? "first" : "last";
  const fetched = await query.fetch({
    where: cursor ? beyond(cursor, query, direction) : {},
    orderBy: [{ [sort]: query.nullable ? { sort: direction, nulls } : direction }, { id: direction }],
    take: limit + 1,
  });
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

/** The rows after the cursor's in the direction of travel. Empty values stand after all others, in id order. */
function beyond(
  cursor: Cursor,
  query: Pick<KeysetQuery<never>, "sort" | "nullable" | "parse">,
  direction: Order,
): object {
  const { sort, nullable } = query;
  const further = direction === "asc" ? "gt" : "lt";
  const tie = { id: { [further]: cursor.id } };
  if (cursor.value === null) {
    if (!nullable) throw invalidRequest([{ path: "cursor", message: "Not a cursor of this list" }]);
    const amongEmpty = { [sort]: null, ...tie };
    return cursor.backward ? { OR: [amongEmpty, { [sort]: { not: null } }] } : amongEmpty;
  }
  const value = query.parse(cursor.value);
  const beyondValue = [{ [sort]: { [further]: value } }, { [sort]: value, ...tie }];
  return { OR: nullable && !cursor.backward ? [...beyondValue, { [sort]: null }] : beyondValue };
}

/** Reads the time in a cursor. Throws 400 naming `cursor`. */
export function cursorTime(value: string): Date {
  const time = new Date(value);
  if (Number.isNaN(time.getTime())) throw invalidRequest([{ path: "cursor", message: "Not a cursor of this list" }]);
  return time;
}
