"use client";

import { Field } from "@base-ui/react/field";
import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { controlStyle } from "./control-style";

interface TextareaProps extends Omit<ComponentProps<typeof Field.Control>, "className" | "render"> {
  rows?: number;
  className?: string;
}

export function Textarea({ rows = 1, className, ...rest }: TextareaProps) {
  return (
    <Field.Control
      {...rest}
      render={<textarea rows={rows} />}
      className={clsx(controlStyle, "field-sizing-content resize-none py-1.5 max-sm:py-2", className)}
    />
  );
}
