"use client";

import { clsx } from "clsx";
import { type ReactNode, useId } from "react";
import { FieldError } from "./field-error";
import { radioStyle } from "./radio-style";

export interface RadioCard<Value extends string> {
  value: Value;
  label: string;
  description: ReactNode;
  /** More about the option, such as the exact scopes. */
  detail?: ReactNode;
  /** Why it cannot be chosen. The card stays focusable and shows the reason. */
  disabledReason?: string | undefined;
}

interface RadioCardsProps<Value extends string> {
  legend: string;
  hint?: string;
  options: readonly RadioCard<Value>[];
  value: Value | null;
  onValueChange: (value: Value) => void;
  error?: string | undefined;
  /** Label and description on one line, for short ones. */
  dense?: boolean;
  className?: string;
}

/** Native radio buttons in cards: arrow keys, forms and screen readers work as everywhere. */
export function RadioCards<Value extends string>({
  legend,
  hint,
  options,
  value,
  onValueChange,
  error,
  dense = false,
  className,
}: RadioCardsProps<Value>) {
  const id = useId();
  return (
    <fieldset aria-describedby={`${id}-hint ${id}-error`} className={clsx("min-w-0", className)}>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mb-2 text-xs text-muted">
          {hint}
        </p>
      )}
      <div className={clsx("grid", dense ? "gap-1.5" : "gap-2")}>
        {options.map((option) => {
          const optionId = `${id}-${option.value}`;
          const blocked = option.disabledReason !== undefined;
          return (
            <label
              key={option.value}
              className={clsx(
                "flex gap-3 rounded-lg border transition-colors",
                dense ? "px-3 py-2" : "p-3",
                "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring",
                "has-checked:border-accent has-checked:bg-accent-soft has-checked:shadow-[inset_0_0_0_1px_var(--accent)]",
                blocked
                  ? "cursor-not-allowed bg-subtle"
                  : "cursor-pointer bg-surface not-has-checked:hover:border-border-strong not-has-checked:hover:bg-subtle",
              )}
            >
              <input
                type="radio"
                name={id}
                value={option.value}
                checked={value === option.value}
                onChange={() => {
                  if (!blocked) onValueChange(option.value);
                }}
                aria-labelledby={`${optionId}-label`}
                aria-describedby={`${optionId}-text`}
                {...(blocked && { "aria-disabled": true })}
                className={clsx(radioStyle, "mt-0.5 focus-visible:outline-none")}
              />
              <span
                className={clsx("min-w-0 flex-1 gap-x-2 gap-y-0.5", dense ? "flex flex-wrap items-baseline" : "grid")}
              >
                <span id={`${optionId}-label`} className={clsx("font-medium", blocked && "text-muted")}>
                  {option.label}
                </span>
                <span id={`${optionId}-text`} className="grid gap-1 text-xs text-muted">
                  <span>{option.description}</span>
                  {blocked && <span className="font-medium text-warning-text">{option.disabledReason}</span>}
                </span>
                {option.detail !== undefined && <span className="mt-1.5">{option.detail}</span>}
              </span>
            </label>
          );
        })}
      </div>
      <FieldError id={`${id}-error`} message={error} />
    </fieldset>
  );
}
