"use client";

import { Ban } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import type { Outcome } from "@/components/ui/use-submission";
import { maxSelectedTokens } from "@/lib/tokens/vocabulary";

/** The server action that counts what matches the table's filter, up to one more than a call can change. */
export type CountMatching = () => Promise<Outcome<{ count: number }>>;

interface BulkBarProps {
  count: number;
  /** Whether everything that matches the filter is selected, on this page and on others. */
  isMatching: boolean;
  /** Whether all of this page is selected while there are other pages: then all of them are offered. */
  isPageOfMore: boolean;
  countMatching: CountMatching;
  onSelectMatching: (count: number) => void;
  onRevoke: () => void;
  onClear: () => void;
}

/** What can be done with the selected tokens. It stays in view at the end of the table. */
export function BulkBar(props: BulkBarProps) {
  const text = useText();
  const { count, isMatching, isPageOfMore, countMatching, onSelectMatching, onRevoke, onClear } = props;
  return (
    <section
      aria-label={text("Selected tokens")}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClear();
      }}
      className="sticky bottom-4 z-10 mx-auto mt-3 flex w-fit max-w-full flex-wrap items-center gap-x-3 gap-y-2 rounded-xl bg-raised py-2 pr-2 pl-4 shadow-overlay max-sm:w-full"
    >
      <p className="font-medium whitespace-nowrap max-sm:flex-1">
        {isMatching
          ? text("{count, plural, one {# token} other {# tokens}} selected, on all pages", { count })
          : text("{count, plural, one {# token} other {# tokens}} selected", { count })}
      </p>
      {isPageOfMore && !isMatching && (
        // Counted anew for each filter.
        <SelectMatching countMatching={countMatching} onSelectMatching={onSelectMatching} />
      )}
      <div className="flex gap-2 max-sm:w-full max-sm:*:flex-1">
        <Button onClick={onClear} variant="ghost">
          {text("Clear")}
        </Button>
        <Button onClick={onRevoke} variant="danger">
          <Ban aria-hidden="true" />
          {text("Revoke…")}
        </Button>
      </div>
    </section>
  );
}

function SelectMatching({ countMatching, onSelectMatching }: Pick<BulkBarProps, "countMatching" | "onSelectMatching">) {
  const text = useText();
  const [count, setCount] = useState<number | null>(null);
  const load = useEffectEvent(async (isWanted: () => boolean) => {
    const outcome = await countMatching().catch(() => null);
    if (isWanted() && outcome?.ok) setCount(outcome.count);
  });
  useEffect(() => {
    let wanted = true;
    void load(() => wanted);
    return () => {
      wanted = false;
    };
  }, []);

  if (count === null) return null;
  if (count > maxSelectedTokens)
    return (
      <p className="max-w-72 text-xs text-muted">
        {text(
          "More than {most, number} match, the most that can be revoked at once. Narrow the filter to select them all.",
          { most: maxSelectedTokens },
        )}
      </p>
    );
  return (
    <Button variant="ghost" className="not-aria-disabled:text-accent-text" onClick={() => onSelectMatching(count)}>
      {text("Select all {count, number} that match", { count })}
    </Button>
  );
}
