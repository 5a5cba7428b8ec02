"use client";

import { useMemo, useSyncExternalStore } from "react";
import { z } from "zod";

// How this browser shows the table. Not in the URL: a shared link shows the same tokens, each in one's own way.

/** The columns that can be hidden. */
export const hideableColumns = [
  { id: "scopes", label: "Scopes" },
  { id: "createdBy", label: "Creator" },
  { id: "createdAt", label: "Created" },
  { id: "lastUsedAt", label: "Last used" },
  { id: "expiresAt", label: "Expires" },
  { id: "status", label: "Status" },
] as const;

const tableViewSchema = z.object({
  hidden: z.array(z.enum(hideableColumns.map(({ id }) => id))),
  density: z.enum(["comfortable", "compact"]),
});
export type TableView = z.infer<typeof tableViewSchema>;

const initialView: TableView = { hidden: [], density: "comfortable" };
const storageKey = "praxis.token-table";

/** The table's columns and density, remembered in this browser and the same in all of its tabs. */
export function useTableView(): [TableView, (view: TableView) => void] {
  const text = useSyncExternalStore(subscribe, read, () => null);
  return [useMemo(() => parse(text), [text]), write];
}

// Holds what storage refuses to, where it is blocked or full.
let unstored: string | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function read(): string | null {
  try {
    return unstored ?? localStorage.getItem(storageKey);
  } catch {
    return unstored;
  }
}

function write(view: TableView) {
  const text = JSON.stringify(view);
  try {
    localStorage.setItem(storageKey, text);
    unstored = null;
  } catch {
    unstored = text;
  }
  for (const listener of listeners) listener();
}

function parse(text: string | null): TableView {
  try {
    return tableViewSchema.parse(JSON.parse(text ?? ""));
  } catch {
    return initialView;
  }
}
