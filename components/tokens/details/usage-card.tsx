"use client";

import { useState } from "react";
import { useText } from "#text";
import { Disclosure } from "@/components/ui/disclosure";
import { Segmented } from "@/components/ui/segmented";
import type { TokenUsage } from "@/lib/tokens/usage-schema";
import { DetailCard } from "./detail-card";
import { UsageChart } from "./usage-chart";
import { dayLabel, total, usageSummary } from "./usage-figures";

const spans = ["30", "90"] as const;
type Span = (typeof spans)[number];

/** How much a token is called: a chart, the same in words, and the figures. */
export function UsageCard({ usage, className }: { usage: TokenUsage; className?: string }) {
  const text = useText();
  const [span, setSpan] = useState<Span>("30");
  const days = usage.days.slice(-Number(span));
  const busy = days.filter((day) => total(day) > 0).reverse();
  return (
    <DetailCard
      title={text("Usage")}
      {...(className !== undefined && { className })}
      aside={
        <Segmented<Span>
          legend={text("Days shown")}
          segments={spans.map((value) => ({ value, label: text("{days, number} days", { days: Number(value) }) }))}
          value={span}
          onValueChange={setSpan}
        />
      }
    >
      <p className="text-muted">{usageSummary(days, text)}</p>
      {usage.allowed + usage.denied > 0 && <UsageChart days={days} />}
      {busy.length > 0 && (
        <div className="mt-2">
          <Disclosure
            label={text("Show as a table")}
            note={text("{count, plural, one {# day} other {# days}} with calls", { count: busy.length })}
          >
            <section
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
              tabIndex={0}
              aria-label={text("Calls by day")}
              className="max-h-60 overflow-y-auto rounded-md border"
            >
              <table className="w-full text-left tabular-nums">
                <thead className="text-xs text-muted">
                  <tr className="border-b">
                    <th className="px-3 py-1.5 font-medium">{text("Day (UTC)")}</th>
                    <th className="px-3 py-1.5 text-right font-medium">{text("Allowed")}</th>
                    <th className="px-3 py-1.5 text-right font-medium">{text("Denied")}</th>
                  </tr>
                </thead>
                <tbody>
                  {busy.map(({ day, allowed, denied }) => (
                    <tr key={day} className="not-last:border-b">
                      <td className="px-3 py-1">{dayLabel(day, text)}</td>
                      <td className="px-3 py-1 text-right">{allowed}</td>
                      <td className="px-3 py-1 text-right">{denied}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          </Disclosure>
        </div>
      )}
    </DetailCard>
  );
}
