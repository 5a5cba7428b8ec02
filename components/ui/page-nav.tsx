"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "./button";

interface PageNavProps {
  /** Names the list: "Pages of tokens". */
  label: string;
  previousCursor: string | null;
  nextCursor: string | null;
  onCursorChange: (cursor: string | null) => void;
}

/** Leads to the pages before and after; nothing where there is only one. */
export function PageNav({ label, previousCursor, nextCursor, onCursorChange }: PageNavProps) {
  if (previousCursor === null && nextCursor === null) return null;
  return (
    <nav aria-label={label} className="mt-3 flex justify-end gap-2">
      <Button
        onClick={() => onCursorChange(previousCursor)}
        disabledReason={previousCursor === null ? "This is the first page" : undefined}
      >
        <ChevronLeft aria-hidden="true" />
        Previous
      </Button>
      <Button
        onClick={() => onCursorChange(nextCursor)}
        disabledReason={nextCursor === null ? "This is the last page" : undefined}
      >
        Next
        <ChevronRight aria-hidden="true" />
      </Button>
    </nav>
  );
}
