"use client";

import { clsx } from "clsx";
import { useText } from "#text";
import { FilterChips } from "@/components/ui/filter-chips";
import type { Text } from "@/lib/text/text";
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
  const text = useText();
  const chips = chipsOf(filters, creatorName, text);
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

function chipsOf(filters: TokenFilterState, creatorName: string | null, text: Text): readonly Chip[] {
  const { scope, createdBy, unusedDays, expiresInDays, neverExpires, violatesPolicy, overPrivileged } = filters;
  return [
    ...(scope === null ? [] : [{ name: text("Scope"), value: scope, removal: { scope: null } }]),
    ...(createdBy === null
      ? []
      : [{ name: text("Creator"), value: creatorName ?? text("nobody known here"), removal: { createdBy: null } }]),
    ...(unusedDays === null
      ? []
      : [
          { name: text("Unused"), value: text("for {days} days", { days: unusedDays }), removal: { unusedDays: null } },
        ]),
    ...(expiresInDays === null
      ? []
      : [
          {
            name: text("Expires"),
            value: text("within {days} days", { days: expiresInDays }),
            removal: { expiresInDays: null },
          },
        ]),
    ...(neverExpires ? [{ name: text("Expires"), value: text("never"), removal: { neverExpires: null } }] : []),
    ...(violatesPolicy ? [{ name: text("Policy"), value: text("violated"), removal: { violatesPolicy: null } }] : []),
    ...(overPrivileged
      ? [{ name: text("Scopes"), value: text("over-privileged"), removal: { overPrivileged: null } }]
      : []),
  ];
}
