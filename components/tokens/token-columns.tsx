"use client";

import { createColumnHelper, metaHelper, rowSortingFeature, tableFeatures } from "@tanstack/react-table";
import { clsx } from "clsx";
import { Ellipsis } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { utcDay } from "@/components/ui/dates";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { RelativeTime } from "@/components/ui/relative-time";
import type { TokenView } from "@/lib/tokens/schema";
import { ScopeSummary } from "./scope-summary";
import { TokenStatusBadge } from "./token-status-badge";

/** Something to do with one token, from its row's menu. */
export interface TokenRowAction {
  label: string;
  icon: ReactNode;
  onSelect: () => void;
  tone?: "default" | "danger";
  disabledReason?: string | undefined;
  /** Draws a line above it. */
  startsGroup?: boolean;
}

interface ColumnMeta {
  /** The name above the value when rows are cards; without one the cell is part of the card's head. */
  cardLabel?: string;
  headerClass?: string;
  cellClass?: string;
}

export const tokenTableFeatures = tableFeatures({ rowSortingFeature, columnMeta: metaHelper<ColumnMeta>() });

interface ColumnOptions {
  now: string;
  rowActions: (token: TokenView) => readonly TokenRowAction[];
}

const helper = createColumnHelper<typeof tokenTableFeatures, TokenView>();

/** The table's columns. The ids of sortable ones are the API's `sort` values. */
export function tokenColumns({ now, rowActions }: ColumnOptions) {
  return helper.columns([
    helper.accessor("name", {
      header: "Name",
      sortDescFirst: false,
      cell: ({ row: { original: token } }) => (
        <>
          <span className="block truncate font-medium" title={token.name}>
            {token.name}
          </span>
          <span className="flex min-w-0 items-center gap-1.5 text-xs text-muted">
            <code className="truncate font-mono">{token.hint}</code>
            {token.replacedById !== null && <span className="shrink-0">· has a successor</span>}
            {token.rotatedFromId !== null && token.replacedById === null && <span className="shrink-0">· rotated</span>}
          </span>
        </>
      ),
      meta: { headerClass: "w-[24%]", cellClass: "@max-4xl:order-1 @max-4xl:col-span-2 @max-4xl:pr-9" },
    }),
    helper.accessor("scopes", {
      header: "Scopes",
      enableSorting: false,
      cell: ({ row: { original: token } }) => <ScopeSummary token={token} />,
      meta: { cardLabel: "Scopes", cellClass: "@max-4xl:order-3" },
    }),
    helper.accessor("createdAt", {
      header: "Created",
      sortDescFirst: true,
      cell: ({ row: { original: token } }) => (
        <>
          <span className="block truncate" title={token.createdBy.name}>
            {token.createdBy.name}
            {!token.createdBy.active && <span className="text-muted"> (disabled)</span>}
          </span>
          <RelativeTime at={token.createdAt} now={now} className="block text-xs text-muted" />
        </>
      ),
      meta: { cardLabel: "Created", cellClass: "@max-4xl:order-5" },
    }),
    helper.accessor("lastUsedAt", {
      header: "Last used",
      sortDescFirst: true,
      cell: ({ row: { original: token } }) =>
        token.lastUsedAt === null ? (
          <span className="text-muted">Never</span>
        ) : (
          <RelativeTime at={token.lastUsedAt} now={now} />
        ),
      meta: { cardLabel: "Last used", cellClass: "@max-4xl:order-6 @4xl:whitespace-nowrap" },
    }),
    helper.accessor("expiresAt", {
      header: "Expires",
      sortDescFirst: false,
      cell: ({ row: { original: token } }) => <Expiry token={token} now={now} />,
      meta: { cardLabel: "Expires", cellClass: "@max-4xl:order-4 @4xl:whitespace-nowrap" },
    }),
    helper.accessor("status", {
      header: "Status",
      enableSorting: false,
      cell: ({ row: { original: token } }) => <TokenStatusBadge status={token.status} />,
      meta: { headerClass: "w-32", cellClass: "@max-4xl:order-2 @max-4xl:col-span-2 @max-4xl:-mt-1" },
    }),
    helper.display({
      id: "actions",
      header: () => <span className="sr-only">Actions</span>,
      cell: ({ row: { original: token } }) => <RowMenu token={token} actions={rowActions(token)} />,
      meta: {
        headerClass: "w-12",
        cellClass: "text-right @max-4xl:absolute @max-4xl:top-2.5 @max-4xl:right-2 @4xl:pl-0",
      },
    }),
  ]);
}

function Expiry({ token, now }: { token: TokenView; now: string }) {
  if (token.expiresAt === null) return <span className="text-muted">Never</span>;
  if (token.status === "expiring")
    return <RelativeTime at={token.expiresAt} now={now} className="font-medium text-warning-text" />;
  return (
    <span className={clsx(token.status !== "active" && "text-muted")}>
      <time dateTime={token.expiresAt}>{utcDay(Date.parse(token.expiresAt))}</time>
    </span>
  );
}

function RowMenu({ token, actions }: { token: TokenView; actions: readonly TokenRowAction[] }) {
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label={`Actions for ${token.name}`}>
          <Ellipsis aria-hidden="true" />
        </Button>
      }
    >
      {actions.map(({ label, startsGroup = false, ...action }) => (
        <Fragment key={label}>
          {startsGroup && <MenuSeparator />}
          <MenuItem {...action}>{label}</MenuItem>
        </Fragment>
      ))}
    </Menu>
  );
}
