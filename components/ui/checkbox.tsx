"use client";

import { Checkbox as BaseCheckbox } from "@base-ui/react/checkbox";
import { clsx } from "clsx";
import { Check, Minus } from "lucide-react";
import { type ReactNode, useId } from "react";

interface CheckboxProps {
  label: ReactNode;
  /** A second line under the label. */
  description?: ReactNode;
  checked: boolean;
  /** Some, but not all, of what it stands for is chosen. */
  indeterminate?: boolean;
  onCheckedChange: (checked: boolean) => void;
  /** Why it cannot be changed. It stays focusable; the reason is shown beside it. */
  disabledReason?: string | undefined;
  className?: string;
}

export function Checkbox({
  label,
  description,
  checked,
  indeterminate = false,
  onCheckedChange,
  disabledReason,
  className,
}: CheckboxProps) {
  const id = useId();
  const blocked = disabledReason !== undefined;
  const detail = disabledReason ?? description;
  return (
    <div className={clsx("flex items-start gap-2.5", className)}>
      <BaseCheckbox.Root
        checked={checked}
        indeterminate={indeterminate}
        onCheckedChange={(next) => {
          if (!blocked) onCheckedChange(next);
        }}
        readOnly={blocked}
        aria-labelledby={`${id}-label`}
        {...(detail !== undefined && { "aria-describedby": `${id}-detail` })}
        {...(blocked && { "aria-disabled": true })}
        id={id}
        className="mt-0.5 grid size-4 shrink-0 cursor-pointer place-items-center rounded-sm border border-control bg-surface text-on-accent transition-colors aria-disabled:cursor-not-allowed aria-disabled:opacity-60 data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent"
      >
        <BaseCheckbox.Indicator className="grid data-unchecked:hidden">
          {indeterminate ? (
            <Minus aria-hidden="true" className="size-3" strokeWidth={3} />
          ) : (
            <Check aria-hidden="true" className="size-3" strokeWidth={3} />
          )}
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <div className="min-w-0">
        <label
          id={`${id}-label`}
          htmlFor={id}
          className={clsx("block select-none", blocked ? "cursor-not-allowed text-muted" : "cursor-pointer")}
        >
          {label}
        </label>
        {detail !== undefined && (
          <p id={`${id}-detail`} className="text-xs text-muted">
            {detail}
          </p>
        )}
      </div>
    </div>
  );
}
