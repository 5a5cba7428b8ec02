"use client";

import { ChevronsUpDown } from "lucide-react";
import { LazyTrigger } from "./lazy-trigger";
import type { SelectProps } from "./select";
import { selectStyle } from "./select-style";

/** A select above a list, named by its `aria-label` and not by a Field; its options are loaded when it is approached. */
export function FilterSelect<Value extends string>(props: SelectProps<Value> & { "aria-label": string }) {
  const { options, value, prefix, className } = props;
  return (
    <LazyTrigger
      load={() => import("./select")}
      popup="listbox"
      trigger={
        <button
          type="button"
          role="combobox"
          aria-expanded={false}
          aria-label={props["aria-label"]}
          className={selectStyle(className)}
        >
          {prefix !== undefined && <span className="text-muted">{prefix}</span>}
          <span className="min-w-0 flex-1 truncate">{options.find((option) => option.value === value)?.label}</span>
          <ChevronsUpDown aria-hidden="true" className="size-3.5 text-muted" />
        </button>
      }
    >
      {(file) => <file.Select {...props} pressed />}
    </LazyTrigger>
  );
}
