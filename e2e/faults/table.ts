import type { Tally } from "./traffic";

/** What came of one fault. */
export interface Row extends Omit<Tally, "wrong"> {
  name: string;
  wrong: number;
  deaths: number;
  firstGoodMilliseconds: number;
  lost: readonly string[];
  orphaned: readonly string[];
}

/** A table of the faults, for people. */
export function tableOf(rows: readonly Row[]): string {
  const heads = ["fault", "requests", "503", "wrong", "deaths", "slowest", "first good", "lost", "orphaned"];
  const lines = rows.map((row) => [
    row.name,
    ...[row.requests, row.undecided, row.wrong, row.deaths].map(String),
    `${Math.round(row.slowestMilliseconds)} ms`,
    `${row.firstGoodMilliseconds} ms`,
    ...[row.lost.length, row.orphaned.length].map(String),
  ]);
  const widths = heads.map((head, column) => Math.max(head.length, ...lines.map((line) => line[column]?.length ?? 0)));
  const written = (line: readonly string[]) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ");
  return [heads, ...lines].map(written).join("\n");
}
