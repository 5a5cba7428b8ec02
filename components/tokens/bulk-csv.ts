import type { RevokeRow } from "@/lib/tokens/schema";

const columns = ["id", "outcome", "name", "hint", "lastUsedAt", "expiresAt"] as const;

/** Rows of a revocation as CSV (RFC 4180), safe to open in a spreadsheet: what would run as a formula is text. */
export function revocationCsv(rows: readonly RevokeRow[]): string {
  return [columns, ...rows.map(cells)].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

function cells(row: RevokeRow): readonly string[] {
  if (row.outcome === "not_found") return [row.id, row.outcome, "", "", "", ""];
  return [row.id, row.outcome, row.name, row.hint, row.lastUsedAt ?? "", row.expiresAt ?? ""];
}

function quoted(cell: string): string {
  const text = /^[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
