import type { ReactNode } from "react";

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  text: ReactNode;
  action?: ReactNode;
  /** 2 where the page's own heading is above it, 3 within a section. */
  headingLevel?: 1 | 2 | 3;
}

export function EmptyState({ icon, title, text, action, headingLevel = 3 }: EmptyStateProps) {
  const Heading = `h${headingLevel}` as const;
  return (
    <div className="flex flex-col items-center px-6 py-14 text-center">
      <div
        aria-hidden="true"
        className="mb-4 grid size-10 place-items-center rounded-lg border bg-surface text-muted shadow-control [&>svg]:size-5"
      >
        {icon}
      </div>
      <Heading className="text-base font-semibold">{title}</Heading>
      <div className="mt-1 max-w-sm text-balance text-muted">{text}</div>
      {action !== undefined && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
