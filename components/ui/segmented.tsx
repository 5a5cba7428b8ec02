"use client";

import { clsx } from "clsx";
import { useId } from "react";

export interface Segment<Value extends string> {
  value: Value;
  label: string;
  /** Shown in the accent when chosen: for options that grant something. */
  emphasis?: boolean;
  /** Why it cannot be chosen; announced with the segment. */
  disabledReason?: string | undefined;
}

interface SegmentedProps<Value extends string> {
  legend: string;
  segments: readonly Segment<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
}

/** A few short options side by side; native radio buttons underneath. */
export function Segmented<Value extends string>({ legend, segments, value, onValueChange }: SegmentedProps<Value>) {
  const id = useId();
  return (
    <fieldset className="inline-flex shrink-0 rounded-md border border-border bg-subtle p-0.5">
      <legend className="sr-only">{legend}</legend>
      {segments.map((segment) => {
        const blocked = segment.disabledReason !== undefined;
        return (
          <label
            key={segment.value}
            title={segment.disabledReason}
            className={clsx(
              "relative grid h-6 min-w-13 place-items-center rounded-sm px-2 text-xs font-medium transition-colors select-none max-sm:h-8",
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-ring",
              segment.emphasis === true
                ? "has-checked:bg-accent has-checked:text-on-accent"
                : "has-checked:bg-surface has-checked:text-foreground has-checked:shadow-control has-checked:ring-1 has-checked:ring-border-strong dark:has-checked:bg-hover",
              blocked
                ? "cursor-not-allowed text-muted line-through decoration-muted/60"
                : "cursor-pointer text-muted not-has-checked:hover:text-foreground",
            )}
          >
            <input
              type="radio"
              name={id}
              value={segment.value}
              checked={segment.value === value}
              onChange={() => {
                if (!blocked) onValueChange(segment.value);
              }}
              {...(blocked && { "aria-disabled": true, "aria-describedby": `${id}-${segment.value}` })}
              className="absolute inset-0 cursor-[inherit] appearance-none rounded-sm focus-visible:outline-none"
            />
            {segment.label}
            {blocked && (
              <span id={`${id}-${segment.value}`} hidden>
                {segment.disabledReason}
              </span>
            )}
          </label>
        );
      })}
    </fieldset>
  );
}
