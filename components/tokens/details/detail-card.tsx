import { clsx } from "clsx";
import { type ReactNode, useId } from "react";

interface DetailCardProps {
  /** What an address can point to: `#rotation`. */
  anchor?: string | undefined;
  title: string;
  /** At the end of the heading's line. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** One part of a page about one thing, under a heading of its own. */
export function DetailCard({ anchor, title, aside, children, className }: DetailCardProps) {
  const id = useId();
  return (
    <section
      id={anchor}
      aria-labelledby={id}
      className={clsx("min-w-0 scroll-mt-20 rounded-xl border bg-surface p-4", className)}
    >
      <div className="mb-3 flex min-h-7 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h3 id={id} className="text-base font-semibold">
          {title}
        </h3>
        {aside}
      </div>
      {children}
    </section>
  );
}
