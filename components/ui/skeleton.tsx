import { clsx } from "clsx";

/** A grey bar in the place of text to come. The owner announces the loading. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={clsx("block h-3 animate-pulse rounded-sm bg-hover", className)} />;
}
