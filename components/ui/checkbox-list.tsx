"use client";

import { type ReactNode, useId, useState } from "react";
import { useText } from "#text";
import { Checkbox } from "./checkbox";
import { FieldError } from "./field-error";
import { SearchInput } from "./search-input";

interface CheckboxListProps {
  legend: string;
  hint?: ReactNode;
  options: readonly { id: string; name: string }[];
  selected: readonly string[];
  onSelectedChange: (selected: string[]) => void;
  error?: string | undefined;
  /** Said in place of the list when there are no options. */
  empty: ReactNode;
}

const searchableFrom = 7;

/** Choose any of a list, with a search box once the list is long. */
export function CheckboxList({ legend, hint, options, selected, onSelectedChange, error, empty }: CheckboxListProps) {
  const text = useText();
  const id = useId();
  const [query, setQuery] = useState("");
  const shown = options.filter((option) => option.name.toLowerCase().includes(query.trim().toLowerCase()));
  return (
    <fieldset aria-describedby={`${id}-hint ${id}-error`} className="min-w-0">
      <legend className="mb-1 flex w-full items-baseline gap-1.5 text-sm font-medium">
        {legend}
        {selected.length > 0 && (
          <span className="text-xs font-normal text-muted">{text("{count} chosen", { count: selected.length })}</span>
        )}
      </legend>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mb-2 text-xs text-muted">
          {hint}
        </p>
      )}
      {options.length === 0 ? (
        <div className="rounded-lg border border-dashed bg-subtle px-3 py-2.5 text-sm text-muted">{empty}</div>
      ) : (
        <div className="overflow-hidden rounded-lg border bg-surface">
          {options.length >= searchableFrom && (
            <div className="border-b p-2">
              <SearchInput
                label={text("Search {list}", { list: legend })}
                placeholder={text("Search")}
                value={query}
                onValueChange={setQuery}
              />
            </div>
          )}
          <ul className="max-h-44 overflow-y-auto py-1">
            {shown.map((option) => (
              <li key={option.id}>
                <Checkbox
                  label={option.name}
                  checked={selected.includes(option.id)}
                  onCheckedChange={(checked) =>
                    onSelectedChange(
                      checked ? [...selected, option.id] : selected.filter((chosen) => chosen !== option.id),
                    )
                  }
                  className="px-3 py-1 hover:bg-subtle max-sm:py-2"
                />
              </li>
            ))}
            {shown.length === 0 && (
              <li className="px-3 py-2 text-muted">{text("Nothing matches “{query}”.", { query: query.trim() })}</li>
            )}
          </ul>
        </div>
      )}
      <FieldError id={`${id}-error`} message={error} />
    </fieldset>
  );
}
