"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useText } from "#text";
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
  const text = useText();
  if (previousCursor === null && nextCursor === null) return null;
  return (
    <nav aria-label={label} className="mt-3 flex justify-end gap-2">
      <Button
        onClick={() => onCursorChange(previousCursor)}
        disabledReason={previousCursor === null ? text("This is the first page") : undefined}
      >
        <ChevronLeft aria-hidden="true" />
        {text("Previous")}
      </Button>
      <Button
        onClick={() => onCursorChange(nextCursor)}
        disabledReason={nextCursor === null ? text("This is the last page") : undefined}
      >
        {text("Next")}
        <ChevronRight aria-hidden="true" />
      </Button>
    </nav>
  );
}
