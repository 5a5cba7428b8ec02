"use client";

import { useMemo } from "react";
import { useText } from "#text";
import { Badge } from "@/components/ui/badge";
import { dayMs, utcDay } from "@/components/ui/dates";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RevokedRow } from "@/lib/tokens/schema";

interface BulkTokenListProps {
  label: string;
  rows: readonly RevokedRow[];
  /** The time to tell ages by, RFC 3339. */
  now: string;
}

/** As many as are read one by one; the rest is in the CSV. */
const shownRows = 100;

/** Tokens with their last use, the most recently used first: what is still in use is what one looks for. */
export function BulkTokenList({ label, rows, now }: BulkTokenListProps) {
  const text = useText();
  const shown = useMemo(() => rows.toSorted((one, other) => lastUse(other) - lastUse(one)), [rows]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="max-h-56 overflow-y-auto overscroll-contain rounded-lg border">
      <ul className="divide-y divide-border">
        {shown.slice(0, shownRows).map((row) => (
          <li key={row.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-1.5">
            <span className="min-w-0 flex-1 basis-40">
              <span className="block truncate font-medium" title={row.name}>
                {row.name}
              </span>
              <code className="block truncate font-mono text-xs text-muted">{row.hint}</code>
            </span>
            <span className="shrink-0 text-right text-xs text-muted">
              <LastUse row={row} now={now} />
              <span className="block">
                {row.expiresAt === null
                  ? text("Never expires")
                  : text("Expires {day}", { day: utcDay(Date.parse(row.expiresAt), text) })}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {shown.length > shownRows && (
        <p className="border-t px-3 py-2 text-xs text-muted">
          {text("And {count, number} more, used before these or never; the CSV lists them all.", {
            count: shown.length - shownRows,
          })}
        </p>
      )}
    </section>
  );
}

function lastUse({ lastUsedAt }: RevokedRow): number {
  return lastUsedAt === null ? 0 : Date.parse(lastUsedAt);
}

/** Whether a token was used in the last 24 hours. */
export function isInUse({ lastUsedAt }: RevokedRow, now: string): boolean {
  return lastUsedAt !== null && Date.parse(now) - Date.parse(lastUsedAt) < dayMs;
}

function LastUse({ row, now }: { row: RevokedRow; now: string }) {
  const text = useText();
  if (row.lastUsedAt === null) return <span className="block">{text("Never used")}</span>;
  const time = text.rich("Used {time}", { time: <RelativeTime at={row.lastUsedAt} now={now} /> });
  return isInUse(row, now) ? <Badge tone="warning">{time}</Badge> : <span className="block">{time}</span>;
}
