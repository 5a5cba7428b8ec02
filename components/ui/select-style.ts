import { clsx } from "clsx";
import { controlStyle } from "./control-style";

/** The button of a select. */
export function selectStyle(className: string | undefined): string {
  return clsx(
    controlStyle,
    "flex h-8 items-center gap-1.5 text-left whitespace-nowrap max-sm:h-10 max-sm:text-sm",
    className,
  );
}
