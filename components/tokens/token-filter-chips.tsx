"use client";

import { clsx } from "clsx";
import { FilterChips } from "@/components/ui/filter-chips";
import type { TokenFilterState } from "./token-params";

interface TokenFilterChipsProps {
  filters: TokenFilterState;
  /** Whose tokens `createdBy` asks for; null when nobody of that id created any here. */
  creatorName: string | null;
  onRemove: (change: Partial<TokenFilterState>) => void;
  onClear: () => void;
}

/** The filters that are set, but for search and status, which show themselves. */
export function TokenFilterChips({ filters, creatorName, onRemove, onClear }: TokenFilterChipsProps) {
  const chips = chipsOf(filters, creatorName);
  return (
    <div className={clsx(chips.length > 0 && "mb-3")}>
      <FilterChips
        chips={chips.map(({ name, value, removal }) => ({ name, value, onRemove: () => onRemove(removal) }))}
        onClear={onClear}
      />
    </div>
  );
}

interface Chip {
  name: string;
  value: string;
  removal: Partial<TokenFilterState>;
}

function chipsOf(filters: TokenFilterState, creatorName: string | null): readonly Chip[] {
  const { scope, createdBy, unusedDays, expiresInDays, neverExpires, violatesPolicy, overPrivileged } = filters;
  return [
    ...(scope === null ? [] : [{ name: "Scope", value: scope, removal: { scope: null } }]),
    ...(createdBy === null
      ? []
      : [{ name: "Creator", value: creatorName ?? "nobody known here", removal: { createdBy: null } }]),
    ...(unusedDays === null
      ? []
      : [{ name: "Unused", value: `for ${unusedDays} days`, removal: { unusedDays: null } }]),
    ...(expiresInDays === null
      ? []
      : [{ name: "Expires", value: `within ${expiresInDays} days`, removal: { expiresInDays: null } }]),
    ...(neverExpires ? [{ name: "Expires", value: "never", removal: { neverExpires: null } }] : []),
    ...(violatesPolicy ? [{ name: "Policy", value: "violated", removal: { violatesPolicy: null } }] : []),
    ...(overPrivileged ? [{ name: "Scopes", value: "over-privileged", removal: { overPrivileged: null } }] : []),
  ];
}
