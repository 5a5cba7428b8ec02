"use client";

import { X } from "lucide-react";
import { useRef } from "react";
import { useText } from "#text";
import { Button } from "./button";

export interface FilterChip {
  /** What is filtered by: "Action". */
  name: string;
  value: string;
  onRemove: () => void;
}

interface FilterChipsProps {
  chips: readonly FilterChip[];
  onClear: () => void;
}

/** The filters in force, each removable. Focus stays among them when one goes. */
export function FilterChips({ chips, onClear }: FilterChipsProps) {
  const text = useText();
  const group = useRef<HTMLFieldSetElement>(null);
  const change = (act: () => void) => () => {
    act();
    group.current?.focus();
  };
  return (
    <fieldset ref={group} tabIndex={-1} className="flex min-w-0 flex-wrap items-center gap-1.5 rounded-md">
      <legend className="sr-only">{text("Filters in force")}</legend>
      {chips.map(({ name, value, onRemove }) => (
        <span
          key={name}
          className="inline-flex h-7 max-w-full items-center gap-1 rounded-full border bg-subtle pr-0.5 pl-2.5 text-xs max-sm:h-9"
        >
          <span className="shrink-0 text-muted">{name}</span>
          <span className="truncate font-medium" title={value}>
            {value}
          </span>
          <button
            type="button"
            aria-label={text("Remove the filter {name}: {value}", { name, value })}
            onClick={change(onRemove)}
            className="grid size-6 shrink-0 place-items-center rounded-full text-muted hover:bg-hover hover:text-foreground max-sm:size-8"
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        </span>
      ))}
      {chips.length > 0 && (
        <Button variant="ghost" size="sm" onClick={change(onClear)}>
          {text("Clear filters")}
        </Button>
      )}
    </fieldset>
  );
}
