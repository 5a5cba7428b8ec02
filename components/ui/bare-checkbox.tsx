"use client";

import { clsx } from "clsx";
import { Check, Minus } from "lucide-react";
import type { ChangeEvent } from "react";

interface BareCheckboxProps {
  /** What it stands for, for assistive technology: nothing beside it says so. */
  label: string;
  checked: boolean;
  /** Some, but not all, of what it stands for is chosen. */
  indeterminate?: boolean;
  /** The event tells whether Shift was held. */
  onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  disabled?: boolean;
  className?: string;
}

/** A checkbox without words of its own, for rows. Its target is larger than it looks. */
export function BareCheckbox({ label, checked, indeterminate = false, className, ...rest }: BareCheckboxProps) {
  const Mark = indeterminate ? Minus : Check;
  return (
    <span className={clsx("relative inline-grid size-4 place-items-center align-middle", className)}>
      <input
        {...rest}
        type="checkbox"
        aria-label={label}
        checked={checked}
        ref={(input) => {
          if (input) input.indeterminate = indeterminate;
        }}
        className="peer size-4 cursor-pointer appearance-none rounded-sm border border-control bg-surface transition-colors after:absolute after:-inset-2.5 checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:cursor-not-allowed disabled:border-border disabled:bg-subtle"
      />
      <Mark
        aria-hidden="true"
        strokeWidth={3}
        className="pointer-events-none absolute size-3 text-on-accent opacity-0 peer-checked:opacity-100 peer-indeterminate:opacity-100"
      />
    </span>
  );
}
