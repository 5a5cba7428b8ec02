"use client";

import { debounce, type Options } from "nuqs";
import type { ReactNode } from "react";
import { FilterSelect } from "@/components/ui/filter-select";
import { SearchInput } from "@/components/ui/search-input";
import type { SelectOption } from "@/components/ui/select";
import { type TokenSort, tokenSorts } from "@/lib/tokens/vocabulary";
import type { TableView } from "./table-view";
import { TableViewMenu } from "./table-view-menu";
import { TokenFilterChips } from "./token-filter-chips";
import { type LoadCreators, TokenFilterMenu } from "./token-filter-menu";
import { noTokenFilters, type SortOrder, type TokenFilterState, type TokenStatusFilter } from "./token-params";

type Change = Partial<TokenFilterState & { sort: TokenSort; order: SortOrder }>;

interface TokenToolbarProps {
  filters: TokenFilterState;
  sort: TokenSort;
  order: SortOrder;
  /** Changes the address; the first page of what is then shown follows. */
  onChange: (change: Change | typeof noTokenFilters, options?: Options) => void;
  creatorName: string | null;
  loadCreators: LoadCreators;
  view: TableView;
  onViewChange: (view: TableView) => void;
  /** A column that this table never shows. */
  withoutColumn?: TableView["hidden"][number];
  /** Another control, before the status. */
  children?: ReactNode;
}

/** Everything above the table: search, filters, order on small screens, and how it is shown. */
export function TokenToolbar(props: TokenToolbarProps) {
  const { filters, sort, order, onChange, creatorName, loadCreators, view, onViewChange, withoutColumn, children } =
    props;
  return (
    <>
      <div className="mb-3 flex flex-wrap gap-2">
        <SearchInput
          label="Search tokens"
          placeholder="Search by name or hint"
          value={filters.q}
          onValueChange={(q) =>
            onChange({ q }, { history: "replace", ...(q !== "" && { limitUrlUpdates: debounce(searchDelayMs) }) })
          }
          className="w-full @xl:w-72"
        />
        {children}
        <FilterSelect
          aria-label="Status"
          prefix="Status"
          options={statusOptions}
          value={filters.status}
          onValueChange={(status) => onChange({ status })}
          className="min-w-0 flex-1 basis-36 @xl:max-w-44"
        />
        <div className="min-w-0 flex-1 basis-36 @xl:max-w-52 @4xl:hidden">
          <FilterSelect
            aria-label="Sort"
            prefix="Sort"
            options={sortOptions}
            value={`${sort} ${order}`}
            onValueChange={(value) => {
              const chosen = sortOptions.find((option) => option.value === value);
              if (chosen) onChange({ sort: chosen.sort, order: chosen.order });
            }}
          />
        </div>
        <div className="max-sm:flex-1 max-sm:*:w-full">
          <TokenFilterMenu filters={filters} onFiltersChange={onChange} loadCreators={loadCreators} />
        </div>
        <div className="ml-auto max-sm:flex-1 max-sm:*:w-full">
          <TableViewMenu view={view} onViewChange={onViewChange} without={withoutColumn} />
        </div>
      </div>
      <TokenFilterChips
        filters={filters}
        creatorName={creatorName}
        onRemove={onChange}
        onClear={() => onChange(noTokenFilters)}
      />
    </>
  );
}

const searchDelayMs = 300;

const statusOptions: readonly SelectOption<TokenStatusFilter>[] = [
  { value: "working", label: "Working" },
  { value: "active", label: "Active" },
  { value: "expiring", label: "Expiring" },
  { value: "superseded", label: "Superseded" },
  { value: "expired", label: "Expired" },
  { value: "revoked", label: "Revoked" },
  { value: "all", label: "All" },
];

/** What the status filter is called. */
export function statusLabel(status: TokenStatusFilter): string {
  return statusOptions.find((option) => option.value === status)?.label ?? status;
}

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
