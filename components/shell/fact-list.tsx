import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";

interface FactListProps {
  facts: readonly { label: string; value: ReactNode; copy?: { text: string; label: string } }[];
}

/** What is so and cannot be changed here: each fact with its name, some to be copied. */
export function FactList({ facts }: FactListProps) {
  return (
    <dl className="mt-4 grid gap-3 rounded-xl border bg-surface p-5 max-sm:p-4">
      {facts.map(({ label, value, copy }) => (
        <div key={label}>
          <dt className="font-medium">{label}</dt>
          <dd className="mt-0.5 flex min-w-0 flex-wrap items-center gap-x-1 text-muted">
            {value}
            {copy !== undefined && (
              <>
                <code className="min-w-0 font-mono text-xs break-all">{copy.text}</code>
                <CopyButton {...copy} size="sm" />
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
