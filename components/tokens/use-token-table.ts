"use client";

import { functionalUpdate, type SortingState, type TableOptions, useTable } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import type { TokenView } from "@/lib/tokens/schema";
import { type TokenSort, tokenSorts } from "@/lib/tokens/vocabulary";
import type { BulkTarget } from "./bulk-revoke-dialog";
import { type SelectedTokens, useTokenSelection } from "./bulk-selection";
import type { TableView } from "./table-view";
import { tokenTableFeatures } from "./token-columns";
import type { SortOrder } from "./token-params";
import { useTableView } from "./use-table-view";

interface TokenTableSetUp {
  tokens: readonly TokenView[];
  columns: TableOptions<typeof tokenTableFeatures, TokenView>["columns"];
  /** Tells filters apart: what is selected is let go when it changes. */
  filterKey: string;
  sort: TokenSort;
  order: SortOrder;
  onSort: (sort: TokenSort, order: SortOrder) => void;
  canWrite: boolean;
  /** How this browser last showed such a table. */
  initialView: TableView;
  /** Columns that are never shown. */
  without?: readonly string[];
}

/**
 * What every table of API tokens is set up with: columns, selection and sort, and the bulk revocation that is chosen.
 * The server sorts and pages.
 */
export function useTokenTable({
  tokens,
  columns,
  filterKey,
  sort,
  order,
  onSort,
  canWrite,
  initialView,
  without = none,
}: TokenTableSetUp) {
  const [view, setView] = useTableView(initialView);
  const selection = useTokenSelection(
    filterKey,
    tokens.filter(isSelectable).map(({ id }) => id),
  );
  // The target stays while the dialog fades out.
  const [bulk, setBulk] = useState<{ open: boolean; target: BulkTarget }>({ open: false, target: noTarget });
  const data = useMemo((): TokenView[] => [...tokens], [tokens]);
  const sorting = useMemo((): SortingState => [{ id: sort, desc: order === "desc" }], [sort, order]);
  const columnVisibility = useMemo(() => {
    const hidden = [...view.hidden, ...without, ...(canWrite ? [] : ["select"])];
    return Object.fromEntries(hidden.map((id) => [id, false]));
  }, [view.hidden, without, canWrite]);
  const table = useTable({
    features: tokenTableFeatures,
    columns,
    data,
    getRowId: (token) => token.id,
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    enableRowSelection: (row) => isSelectable(row.original),
    state: {
      sorting,
      rowSelection: selection.rowSelection,
      columnVisibility,
    },
    onRowSelectionChange: selection.onRowSelectionChange,
    onSortingChange: (updater) => {
      const next = functionalUpdate(updater, sorting)[0];
      const column = tokenSorts.find((known) => known === next?.id);
      if (next && column) onSort(column, next.desc ? "desc" : "asc");
    },
  });
  return {
    ...{ table, view, setView, selection, bulk },
    /** Opens bulk revocation of what is selected; of everything that matches, `filter` says what that is. */
    openBulk: (filter: BulkTarget["selection"]["filter"]) =>
      setBulk({ open: true, target: targetOf(selection.selected, filter) }),
    closeBulk: (revoked: boolean) => {
      setBulk({ ...bulk, open: false });
      if (revoked) selection.clear();
    },
  };
}

const none: readonly string[] = [];
const noTarget: BulkTarget = { selection: {}, except: [] };

function targetOf(selected: SelectedTokens, filter: BulkTarget["selection"]["filter"]): BulkTarget {
  return selected.kind === "rows"
    ? { selection: { ids: [...selected.ids] }, except: [] }
    : { selection: { filter }, except: selected.except };
}

/** What is revoked already cannot be revoked again. */
function isSelectable({ status }: TokenView): boolean {
  return status !== "revoked";
}
