import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface DocsColumnsProps {
  /** The navigation on the left; folded away above the text on small screens. */
  navigation: ReactNode;
  navigationLabel: string;
  /** What is on this page, on the right of wide screens. */
  contents?: ReactNode;
  children: ReactNode;
}

/** The columns of a page of the documentation. */
export function DocsColumns({ navigation, navigationLabel, contents, children }: DocsColumnsProps) {
  return (
    <div
      className={clsx(
        "mx-auto grid max-w-7xl gap-x-10 px-4 pb-24 sm:px-6 lg:grid-cols-[15rem_minmax(0,1fr)]",
        contents !== undefined && "xl:grid-cols-[15rem_minmax(0,1fr)_14rem]",
      )}
    >
      <details className="group mt-4 rounded-lg border bg-surface px-3 lg:hidden">
        <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 font-medium [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden="true" className="size-4 text-muted group-open:rotate-90" />
          {navigationLabel}
        </summary>
        <div className="border-t py-3">{navigation}</div>
      </details>
      <div
        data-follows-reader
        className="sticky top-13 max-h-[calc(100dvh-3.25rem)] self-start overflow-y-auto py-8 pr-2 pl-2 -ml-2 max-lg:hidden"
      >
        {navigation}
      </div>
      <main id="main" tabIndex={-1} className="min-w-0 pt-6 outline-hidden lg:pt-8">
        {children}
      </main>
      {contents !== undefined && (
        <div
          data-follows-reader
          className="sticky top-13 max-h-[calc(100dvh-3.25rem)] self-start overflow-y-auto py-8 max-xl:hidden"
        >
          {contents}
        </div>
      )}
    </div>
  );
}
