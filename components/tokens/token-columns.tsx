"use client";

import {
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import { clsx } from "clsx";
import Link from "next/link";
import { createContext, type ReactNode, use } from "react";
import { useText } from "#text";
import { BareCheckbox } from "@/components/ui/bare-checkbox";
import { utcDay } from "@/components/ui/dates";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Text } from "@/lib/text/text";
import type { TokenView } from "@/lib/tokens/schema";
import { ScopeSummary } from "./scope-summary";
import { TokenStatusBadge } from "./token-status-badge";

interface ColumnMeta {
  /** The name above the value when rows are cards; without one the cell is part of the card's head. */
  cardLabel?: string;
  headerClass?: string;
  cellClass?: string;
}

export const tokenTableFeatures = tableFeatures({
  rowSortingFeature,
  rowSelectionFeature,
  columnVisibilityFeature,
  columnMeta: metaHelper<ColumnMeta>(),
});

/** What cells need beside their token. Columns do not hold it: new ones would be other cells, all drawn anew. */
interface TokenCellFacts {
  /** The server's time of rendering, RFC 3339. */
  now: string;
  detailsHref: (token: TokenView) => string;
  rowMenu: (token: TokenView) => ReactNode;
}

export const TokenCellContext = createContext<TokenCellFacts>({ now: "", detailsHref: () => "", rowMenu: () => null });

const helper = createColumnHelper<typeof tokenTableFeatures, TokenView>();

/** The table's columns. The ids of sortable ones are the API's `sort` values. */
export function tokenColumns(text: Text) {
  return helper.columns([
    helper.display({
      id: "select",
      header: ({ table }) => (
        <>
          <span className="sr-only">{text("Selection")}</span>
          {/* Rows that are cards have theirs above them. */}
          <BareCheckbox
            label={text("Select all on this page")}
            checked={table.getIsAllRowsSelected()}
            indeterminate={table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected()}
            onChange={table.getToggleAllRowsSelectedHandler()}
            className="@max-4xl:hidden"
          />
        </>
      ),
      cell: ({ row }) => (
        <BareCheckbox
          label={text("Select {name}", { name: row.original.name })}
          checked={row.getIsSelected()}
          disabled={!row.getCanSelect()}
          onChange={row.getToggleSelectedHandler()}
        />
      ),
      meta: { headerClass: "w-11", cellClass: "@max-4xl:absolute @max-4xl:top-4 @max-4xl:left-4 @4xl:pr-0" },
    }),
    helper.accessor("name", {
      header: text("Name"),
      sortDescFirst: false,
      cell: ({ row: { original: token } }) => (
        <div className="@4xl:group-data-[density=compact]/table:flex @4xl:group-data-[density=compact]/table:items-baseline @4xl:group-data-[density=compact]/table:gap-2">
          <Name token={token} />
          <span className="flex min-w-0 items-center gap-1.5 text-xs text-muted @4xl:group-data-[density=compact]/table:shrink-0">
            <code className="truncate font-mono">{token.hint}</code>
            {token.replacedById !== null && <span className="shrink-0">{text("· has a successor")}</span>}
            {token.rotatedFromId !== null && token.replacedById === null && (
              <span className="shrink-0">{text("· rotated")}</span>
            )}
          </span>
        </div>
      ),
      meta: { headerClass: "w-[24%]", cellClass: "@max-4xl:order-1 @max-4xl:col-span-2 @max-4xl:pr-9" },
    }),
    helper.accessor("scopes", {
      header: text("Scopes"),
      enableSorting: false,
      cell: ({ row: { original: token } }) => <ScopeSummary token={token} />,
      meta: { cardLabel: text("Scopes"), cellClass: "@max-4xl:order-3" },
    }),
    helper.accessor("createdBy", {
      header: text("Creator"),
      enableSorting: false,
      cell: ({ row: { original: token } }) => (
        <span className="block truncate" title={token.createdBy.name}>
          {token.createdBy.name}
          {!token.createdBy.active && <span className="text-muted"> {text("(disabled)")}</span>}
        </span>
      ),
      meta: { cardLabel: text("Creator"), cellClass: "@max-4xl:order-5" },
    }),
    helper.accessor("createdAt", {
      header: text("Created"),
      sortDescFirst: true,
      cell: ({ row: { original: token } }) => <Time at={token.createdAt} />,
      meta: { ...timeColumn, cardLabel: text("Created"), cellClass: clsx(timeColumn.cellClass, "@max-4xl:order-6") },
    }),
    helper.accessor("lastUsedAt", {
      header: text("Last used"),
      sortDescFirst: true,
      cell: ({ row: { original: token } }) =>
        token.lastUsedAt === null ? (
          <span className="text-muted">{text("Never")}</span>
        ) : (
          <Time at={token.lastUsedAt} />
        ),
      meta: { ...timeColumn, cardLabel: text("Last used"), cellClass: clsx(timeColumn.cellClass, "@max-4xl:order-7") },
    }),
    helper.accessor("expiresAt", {
      header: text("Expires"),
      sortDescFirst: false,
      cell: ({ row: { original: token } }) => <Expiry token={token} />,
      meta: { ...timeColumn, cardLabel: text("Expires"), cellClass: clsx(timeColumn.cellClass, "@max-4xl:order-4") },
    }),
    helper.accessor("status", {
      header: text("Status"),
      enableSorting: false,
      cell: ({ row: { original: token } }) => <TokenStatusBadge status={token.status} />,
      meta: { headerClass: "w-30", cellClass: "@max-4xl:order-2 @max-4xl:col-span-2 @max-4xl:-mt-1" },
    }),
    helper.display({
      id: "actions",
      header: () => <span className="sr-only">{text("Actions")}</span>,
      cell: ({ row: { original: token } }) => <RowMenu token={token} />,
      meta: {
        headerClass: "w-12",
        cellClass: "text-right @max-4xl:absolute @max-4xl:top-2.5 @max-4xl:right-2 @4xl:pl-0",
      },
    }),
  ]);
}

const timeColumn = { headerClass: "w-30", cellClass: "@4xl:whitespace-nowrap" };

function Name({ token }: { token: TokenView }) {
  const { detailsHref } = use(TokenCellContext);
  return (
    <Link
      href={detailsHref(token)}
      prefetch={false}
      title={token.name}
      className="block w-fit max-w-full truncate rounded-sm font-medium hover:text-accent-text hover:underline hover:decoration-accent-line hover:underline-offset-3"
    >
      {token.name}
    </Link>
  );
}

function Time(props: { at: string; className?: string }) {
  return <RelativeTime {...props} now={use(TokenCellContext).now} />;
}

function RowMenu({ token }: { token: TokenView }) {
  return use(TokenCellContext).rowMenu(token);
}

function Expiry({ token }: { token: TokenView }) {
  const text = useText();
  if (token.expiresAt === null) return <span className="text-muted">{text("Never")}</span>;
  if (token.status === "expiring") return <Time at={token.expiresAt} className="font-medium text-warning-text" />;
  return (
    <span className={clsx(token.status !== "active" && "text-muted")}>
      <time dateTime={token.expiresAt}>{utcDay(Date.parse(token.expiresAt), text)}</time>
    </span>
  );
}
