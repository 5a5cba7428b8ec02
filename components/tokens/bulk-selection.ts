"use client";

import { functionalUpdate, type RowSelectionState, type Updater } from "@tanstack/react-table";
import { useState } from "react";

/** Rows by id, or everything that matches the filter but some. */
type Selection =
  | { kind: "rows"; rows: RowSelectionState }
  | { kind: "matching"; count: number; except: RowSelectionState };

const nothing: Selection = { kind: "rows", rows: {} };

/** What is selected, as a call on many tokens names it. */
export type SelectedTokens = { kind: "rows"; ids: readonly string[] } | { kind: "matching"; except: readonly string[] };

/**
 * What is selected in the table: kept from page to page, and let go when the filter changes, because what cannot be
 * found again must not be hit. `filterKey` tells filters apart; `pageIds` are the selectable rows of this page.
 */
export function useTokenSelection(filterKey: string, pageIds: readonly string[]) {
  const [stored, setStored] = useState({ filterKey, selection: nothing });
  const selection = stored.filterKey === filterKey ? stored.selection : nothing;
  const select = (next: Selection) => setStored({ filterKey, selection: next });

  const isByRows = selection.kind === "rows";
  const rowSelection = isByRows ? selection.rows : without(pageIds, selection.except);
  const listed = Object.keys(isByRows ? selection.rows : selection.except);
  const selected: SelectedTokens = isByRows ? { kind: "rows", ids: listed } : { kind: "matching", except: listed };
  return {
    selected,
    count: isByRows ? listed.length : selection.count - listed.length,
    rowSelection,
    onRowSelectionChange: (updater: Updater<RowSelectionState>) => {
      const rows = functionalUpdate(updater, rowSelection);
      if (isByRows) return select({ kind: "rows", rows });
      const elsewhere = Object.fromEntries(Object.entries(selection.except).filter(([id]) => !pageIds.includes(id)));
      select({ ...selection, except: { ...elsewhere, ...without(pageIds, rows) } });
    },
    selectMatching: (count: number) => select({ kind: "matching", count, except: {} }),
    clear: () => select(nothing),
  };
}

function without(ids: readonly string[], excluded: RowSelectionState): RowSelectionState {
  return Object.fromEntries(ids.filter((id) => !excluded[id]).map((id) => [id, true as const]));
}
