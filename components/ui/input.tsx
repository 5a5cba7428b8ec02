"use client";

import { Input as BaseInput } from "@base-ui/react/input";
import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { controlStyle } from "./control-style";

interface InputProps extends Omit<ComponentProps<typeof BaseInput>, "className"> {
  className?: string;
}

export function Input({ className, ...rest }: InputProps) {
  return <BaseInput {...rest} className={clsx(controlStyle, "h-8 max-sm:h-10", className)} />;
}
