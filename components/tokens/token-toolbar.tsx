"use client";

import { debounce, type Options } from "nuqs";
import type { ReactNode } from "react";
import { useText } from "#text";
import { FilterSelect } from "@/components/ui/filter-select";
import { SearchInput } from "@/components/ui/search-input";
import type { SelectOption } from "@/components/ui/select";
import { message } from "@/lib/text/message";
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
  const text = useText();
  return (
    <>
      <div className="mb-3 flex flex-wrap gap-2">
        <SearchInput
          label={text("Search tokens")}
          placeholder={text("Search by name or hint")}
          value={filters.q}
          onValueChange={(q) =>
            onChange({ q }, { history: "replace", ...(q !== "" && { limitUrlUpdates: debounce(searchDelayMs) }) })
          }
          className="w-full @xl:w-72"
        />
        {children}
        <FilterSelect
          aria-label={text("Status")}
          prefix={text("Status")}
          options={statusOptions.map((option) => ({ ...option, label: text.known(option.label) }))}
          value={filters.status}
          onValueChange={(status) => onChange({ status })}
          className="min-w-0 flex-1 basis-36 @xl:max-w-44"
        />
        <div className="min-w-0 flex-1 basis-36 @xl:max-w-52 @4xl:hidden">
          <FilterSelect
            aria-label={text("Sort")}
            prefix={text("Sort")}
            options={sortOptions.map(({ value, label }) => ({ value, label: text.known(label) }))}
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
  { value: "working", label: message("Working") },
  { value: "active", label: message("Active") },
  { value: "expiring", label: message("Expiring") },
  { value: "superseded", label: message("Superseded") },
  { value: "expired", label: message("Expired") },
  { value: "revoked", label: message("Revoked") },
  { value: "all", label: message("All") },
];

const sortLabels: Readonly<Record<TokenSort, Readonly<Record<SortOrder, string>>>> = {
  name: { asc: message("Name, A to Z"), desc: message("Name, Z to A") },
  createdAt: { desc: message("Newest first"), asc: message("Oldest first") },
  lastUsedAt: { desc: message("Last used first"), asc: message("Longest unused first") },
  expiresAt: { asc: message("Expiring soonest"), desc: message("Expiring latest") },
};

const sortOptions = tokenSorts.flatMap((sort) =>
  (["asc", "desc"] as const).map((order) => ({
    value: `${sort} ${order}` as const,
    label: sortLabels[sort][order],
    sort,
    order,
  })),
);
