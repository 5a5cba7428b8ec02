"use client";

import { functionalUpdate, type SortingState, useTable } from "@tanstack/react-table";
import { clsx } from "clsx";
import { ArrowDown, ArrowUp, Ban, ChevronsUpDown, Copy, KeyRound, RefreshCw, SearchX } from "lucide-react";
import { debounce, useQueryStates } from "nuqs";
import { useMemo, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { EmptyState } from "@/components/ui/empty-state";
import { PageNav } from "@/components/ui/page-nav";
import { SearchInput } from "@/components/ui/search-input";
import { Select, type SelectOption } from "@/components/ui/select";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { type TokenSort, type TokenView, tokenSorts } from "@/lib/tokens/schema";
import { type Permission, reasonAgainst } from "./permission";
import { type TokenRowAction, tokenColumns, tokenTableFeatures } from "./token-columns";
import { type SortOrder, type TokenStatusFilter, tokenTableParams } from "./token-params";
import { counted } from "./wording";

interface TokenTableProps {
  tokens: readonly TokenView[];
  /** The server's time of rendering, RFC 3339. */
  now: string;
  /** How the rows are sorted. */
  sort: TokenSort;
  order: SortOrder;
  nextCursor: string | null;
  previousCursor: string | null;
  /** Whether the tenant has any token at all, whatever its status: tells "none yet" from "none match". */
  anyTokens: boolean;
  canCreate: Permission;
  canWrite: Permission;
  onCreate: () => void;
  onRevoke: (token: TokenView) => void;
  onRotate: (token: TokenView) => void;
}

export function TokenTable({
  tokens,
  now,
  sort,
  order,
  nextCursor,
  previousCursor,
  anyTokens,
  canCreate,
  canWrite,
  onCreate,
  onRevoke,
  onRotate,
}: TokenTableProps) {
  const [loading, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(tokenTableParams, { shallow: false, history: "push", startTransition });
  const filtered = params.q !== "" || params.status !== tokenTableParams.status.defaultValue;

  const columns = useMemo(
    () => tokenColumns({ now, rowActions: (token) => rowActions(token, { canCreate, canWrite, onRevoke, onRotate }) }),
    [now, canCreate, canWrite, onRevoke, onRotate],
  );
  const data = useMemo(() => [...tokens], [tokens]);
  const table = useTable({
    features: tokenTableFeatures,
    columns,
    data,
    getRowId: (token) => token.id,
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: { sorting: [{ id: sort, desc: order === "desc" }] },
    onSortingChange: (updater) => {
      const current: SortingState = [{ id: sort, desc: order === "desc" }];
      const next = functionalUpdate(updater, current)[0];
      const column = tokenSorts.find((known) => known === next?.id);
      if (next && column) void setParams({ sort: column, order: next.desc ? "desc" : "asc", cursor: null });
    },
  });

  if (!anyTokens) {
    return (
      <section aria-label="API tokens" className="rounded-xl border bg-surface">
        <EmptyState
          icon={<KeyRound />}
          title="No API tokens yet"
          text="A token lets a program, such as a collector, a CI job or a script, call the API for this tenant without a person signing in."
          action={
            <Button variant="primary" onClick={onCreate} disabledReason={reasonAgainst(canCreate)}>
              Create token
            </Button>
          }
        />
      </section>
    );
  }

  return (
    <section aria-label="API tokens" aria-busy={loading} className="@container">
      <div className="mb-3 flex flex-wrap gap-2">
        <SearchInput
          label="Search tokens"
          placeholder="Search by name or hint"
          value={params.q}
          onValueChange={(q) =>
            void setParams(
              { q, cursor: null },
              { history: "replace", ...(q !== "" && { limitUrlUpdates: debounce(searchDelayMs) }) },
            )
          }
          className="w-full @xl:w-72"
        />
        <Select
          aria-label="Status"
          prefix="Status"
          options={statusOptions}
          value={params.status}
          onValueChange={(status) => void setParams({ status, cursor: null })}
          className="min-w-0 flex-1 @xl:max-w-44"
        />
        <div className="min-w-0 flex-1 @4xl:hidden">
          <Select
            aria-label="Sort"
            prefix="Sort"
            options={sortOptions}
            value={`${sort} ${order}`}
            onValueChange={(value) => {
              const chosen = sortOptions.find((option) => option.value === value);
              if (chosen) void setParams({ sort: chosen.sort, order: chosen.order, cursor: null });
            }}
          />
        </div>
      </div>
      <p role="status" className="sr-only">
        {loading ? "Loading tokens" : `${counted(tokens.length, "token")} shown`}
      </p>
      <div
        className={clsx(
          "overflow-hidden rounded-xl border bg-surface transition-opacity duration-150",
          loading && "opacity-55",
        )}
      >
        {tokens.length === 0 ? (
          <EmptyState
            icon={<SearchX />}
            title={filtered ? "No tokens match" : "No working tokens"}
            text={
              filtered
                ? noMatchText(params.q, params.status)
                : "Every token of this tenant has expired or been revoked."
            }
            action={
              filtered ? (
                <Button onClick={() => void setParams({ q: null, status: null, cursor: null })}>Clear filters</Button>
              ) : (
                <Button onClick={() => void setParams({ status: "all", cursor: null })}>Show all tokens</Button>
              )
            }
          />
        ) : (
          <Table label="API tokens" className="@4xl:table-fixed">
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
                          <table.FlexRender header={header} />
                          <SortIcon sorted={header.column.getIsSorted()} />
                        </button>
                      ) : (
                        <table.FlexRender header={header} />
                      )}
                    </TableHeader>
                  ))}
                </TableRow>
              ))}
            </TableHead>
            <TableBody>
              {table.getRowModel().rows.map((row) => (
                <TableRow
                  key={row.id}
                  className="not-last:border-b @max-4xl:relative @max-4xl:grid @max-4xl:grid-cols-2 @max-4xl:gap-x-4 @max-4xl:gap-y-2.5 @max-4xl:p-4 @4xl:hover:bg-subtle/60"
                >
                  {row.getAllCells().map((cell) => (
                    <TableCell
                      key={cell.id}
                      label={cell.column.columnDef.meta?.cardLabel}
                      {...(cell.column.columnDef.meta?.cellClass && {
                        className: cell.column.columnDef.meta.cellClass,
                      })}
                    >
                      <table.FlexRender cell={cell} />
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </div>
      <PageNav
        label="Pages of tokens"
        previousCursor={previousCursor}
        nextCursor={nextCursor}
        onCursorChange={(cursor) => void setParams({ cursor })}
      />
    </section>
  );
}

const searchDelayMs = 300;

const statusOptions: readonly SelectOption<TokenStatusFilter>[] = [
  { value: "working", label: "Working" },
  { value: "active", label: "Active" },
  { value: "expiring", label: "Expiring" },
  { value: "expired", label: "Expired" },
  { value: "revoked", label: "Revoked" },
  { value: "all", label: "All" },
];

const sortLabels: Readonly<Record<TokenSort, Readonly<Record<SortOrder, string>>>> = {
  name: { asc: "Name, A to Z", desc: "Name, Z to A" },
  createdAt: { desc: "Newest first", asc: "Oldest first" },
  lastUsedAt: { desc: "Last used first", asc: "Longest unused first" },
  expiresAt: { asc: "Expiring soonest", desc: "Expiring latest" },
};

const sortOptions = tokenSorts.flatMap((sort) =>
  (["asc", "desc"] as const).map((order) => ({
    value: `${sort} ${order}` as const,
    label: sortLabels[sort][order],
    sort,
    order,
  })),
);

type RowCapabilities = Pick<TokenTableProps, "canCreate" | "canWrite" | "onRevoke" | "onRotate">;

function rowActions(
  token: TokenView,
  { canCreate, canWrite, onRevoke, onRotate }: RowCapabilities,
): readonly TokenRowAction[] {
  return [
    {
      label: "Copy token ID",
      icon: <Copy aria-hidden="true" />,
      onSelect: async () => {
        const copied = await copyText(token.id, document.body);
        if (copied) toast.success("Token ID copied");
        else toast.error("The browser refused to copy the token ID", { description: token.id });
      },
    },
    {
      label: "Rotate…",
      icon: <RefreshCw aria-hidden="true" />,
      disabledReason: reasonNotToRotate(token) ?? reasonAgainst(canCreate),
      onSelect: () => onRotate(token),
    },
    {
      label: "Revoke…",
      icon: <Ban aria-hidden="true" />,
      tone: "danger",
      startsGroup: true,
      disabledReason: token.status === "revoked" ? "It is already revoked." : reasonAgainst(canWrite),
      onSelect: () => onRevoke(token),
    },
  ];
}

function reasonNotToRotate(token: TokenView): string | undefined {
  if (token.replacedById !== null) return "It has a successor already.";
  if (token.status === "revoked" || token.status === "expired") return `It is ${token.status}; create a new token.`;
  return undefined;
}

function noMatchText(q: string, status: TokenStatusFilter): string {
  const label = statusOptions.find((option) => option.value === status)?.label.toLowerCase() ?? status;
  const kind = status === "all" ? "token" : `${label} token`;
  return q === "" ? `This tenant has no ${kind}.` : `No ${kind} has “${q}” in its name or hint.`;
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
