"use client";

import type { ReactElement, ReactNode } from "react";
import { LazyTrigger } from "./lazy-trigger";

export interface PopoverProps {
  trigger: ReactElement;
  title: string;
  align?: "start" | "center" | "end";
  children: ReactNode;
  className?: string;
}

/** A button, and more about what it says. */
export function Popover(props: PopoverProps) {
  return (
    <LazyTrigger load={() => import("./popover-parts")} trigger={props.trigger} popup="dialog">
      {(parts) => <parts.Popover {...props} />}
    </LazyTrigger>
  );
}
