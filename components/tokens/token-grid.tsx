"use client";

import { type Cell, FlexRender, type useTable } from "@tanstack/react-table";
import { clsx } from "clsx";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { memo } from "react";
import { useText } from "#text";
import { BareCheckbox } from "@/components/ui/bare-checkbox";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { TokenView } from "@/lib/tokens/schema";
import type { TableView } from "./table-view";
import type { tokenTableFeatures } from "./token-columns";

type TokenTableModel = ReturnType<typeof useTable<typeof tokenTableFeatures, TokenView>>;

interface TokenGridProps {
  table: TokenTableModel;
  density: TableView["density"];
  /** Whether rows have a checkbox. */
  isSelectable: boolean;
}

/** The head and the rows of a table of tokens; on small screens a card for each. */
export function TokenGrid({ table, density, isSelectable }: TokenGridProps) {
  const text = useText();
  return (
    <Table label={text("API tokens")} density={density} className="@4xl:table-fixed">
      <TableHead>
        {table.getHeaderGroups().map((group) => (
          <TableRow key={group.id}>
            {group.headers.map((header) => (
              <TableHeader
                key={header.id}
                sorted={header.column.getCanSort() ? ariaSort(header.column.getIsSorted()) : undefined}
                className={clsx("bg-subtle/60", header.column.columnDef.meta?.headerClass)}
              >
                {header.column.getCanSort() ? (
                  <button
                    type="button"
                    onClick={header.column.getToggleSortingHandler()}
                    className="group -mx-1 inline-flex items-center gap-1 rounded-sm px-1 py-0.5 hover:text-foreground"
                  >
                    <FlexRender header={header} />
                    <SortIcon sorted={header.column.getIsSorted()} />
                  </button>
                ) : (
                  <FlexRender header={header} />
                )}
              </TableHeader>
            ))}
          </TableRow>
        ))}
      </TableHead>
      <TableBody>
        {table.getRowModel().rows.map((row) => (
          <TokenRow
            key={row.id}
            cells={row.getVisibleCells()}
            isSelectable={isSelectable}
            isSelected={row.getIsSelected()}
          />
        ))}
      </TableBody>
    </Table>
  );
}

interface TokenRowProps {
  cells: readonly Cell<typeof tokenTableFeatures, TokenView>[];
  isSelectable: boolean;
  isSelected: boolean;
}

/** Drawn again only when something of it changes: what is typed above the table is not held up by its rows. */
const TokenRow = memo(function TokenRow({ cells, isSelectable, isSelected }: TokenRowProps) {
  return (
    <TableRow
      className={clsx(
        "not-last:border-b @max-4xl:relative @max-4xl:grid @max-4xl:grid-cols-2 @max-4xl:gap-x-4 @max-4xl:gap-y-2.5 @max-4xl:p-4",
        isSelectable && "@max-4xl:pl-11",
        isSelected ? "bg-accent-soft/60" : "@4xl:hover:bg-subtle/60",
      )}
    >
      {cells.map((cell) => (
        <TableCell
          key={cell.id}
          label={cell.column.columnDef.meta?.cardLabel}
          {...(cell.column.columnDef.meta?.cellClass && { className: cell.column.columnDef.meta.cellClass })}
        >
          <FlexRender cell={cell} />
        </TableCell>
      ))}
    </TableRow>
  );
});

/** Selects all of a page whose rows are cards, which have no head to do it in. */
export function SelectPageOfCards({ table }: { table: TokenTableModel }) {
  const text = useText();
  return (
    <div className="mb-2 flex items-center gap-2.5 px-4 text-muted @4xl:hidden">
      <BareCheckbox
        label={text("Select all on this page")}
        checked={table.getIsAllRowsSelected()}
        indeterminate={table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected()}
        onChange={table.getToggleAllRowsSelectedHandler()}
      />
      <span aria-hidden="true">{text("Select all on this page")}</span>
    </div>
  );
}

function ariaSort(sorted: false | "asc" | "desc") {
  if (sorted === false) return "none";
  return sorted === "asc" ? "ascending" : "descending";
}

function SortIcon({ sorted }: { sorted: false | "asc" | "desc" }) {
  if (sorted === "asc") return <ArrowUp aria-hidden="true" className="size-3 text-foreground" />;
  if (sorted === "desc") return <ArrowDown aria-hidden="true" className="size-3 text-foreground" />;
  return (
    <ChevronsUpDown
      aria-hidden="true"
      className="size-3 opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
    />
  );
}
