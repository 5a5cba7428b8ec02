"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { clsx } from "clsx";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useText } from "#text";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  /** One control: Input, Textarea or Select. */
  children: ReactNode;
  className?: string;
}

/** A labelled control with its hint and its error beside it, tied together for assistive technology. */
export function Field({ label, hint, error, optional = false, children, className }: FieldProps) {
  const text = useText();
  return (
    <BaseField.Root invalid={error !== undefined} className={clsx("grid gap-1.5", className)}>
      <div className="flex items-baseline gap-1.5">
        <BaseField.Label className="text-sm font-medium">{label}</BaseField.Label>
        {optional && <span className="text-xs text-muted">{text("Optional")}</span>}
      </div>
      {children}
      {error !== undefined && (
        <BaseField.Error match className="flex items-start gap-1.5 text-xs text-danger-text">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-3 shrink-0" />
          {text.known(error)}
        </BaseField.Error>
      )}
      {hint !== undefined && <BaseField.Description className="text-xs text-muted">{hint}</BaseField.Description>}
    </BaseField.Root>
  );
}
