"use client";

import { clsx } from "clsx";
import { type PointerEvent, useState } from "react";
import { useText } from "#text";
import type { TokenUsage } from "@/lib/tokens/usage-schema";
import { axisEnd, dayLabel, total, usageSummary } from "./usage-figures";

interface UsageChartProps {
  days: TokenUsage["days"];
}

/** In the chart's own units: stretched to the width there is, so a unit is not a pixel across. */
const height = 100;
const dayWidth = 10;
const gap = 2;
const leastBar = 2;

/** Calls by day: a bar each, what was denied on top. A picture with a summary; the table beside it holds the figures. */
export function UsageChart({ days }: UsageChartProps) {
  const text = useText();
  const [pointed, setPointed] = useState<number | null>(null);
  const end = axisEnd(Math.max(...days.map(total)));
  const day = pointed === null ? undefined : days[pointed];

  function point(event: PointerEvent<SVGSVGElement>) {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const index = Math.floor(((event.clientX - left) / width) * days.length);
    setPointed(Math.min(days.length - 1, Math.max(0, index)));
  }

  return (
    <div className="mt-4">
      <div className="flex gap-2">
        <div
          aria-hidden="true"
          className="flex min-w-6 flex-col justify-between text-right text-xs text-muted tabular-nums"
        >
          <span className="-mt-2">{text.number(end, { notation: "compact" })}</span>
          <span className="-mb-2">0</span>
        </div>
        <svg
          role="img"
          aria-label={usageSummary(days, text)}
          viewBox={`0 0 ${days.length * dayWidth} ${height}`}
          preserveAspectRatio="none"
          className="h-36 w-full border-y border-b-border-strong"
          onPointerMove={point}
          onPointerLeave={() => setPointed(null)}
        >
          {days.map((entry, index) => {
            const denied = barHeight(entry.denied, end);
            const allowed = Math.min(barHeight(entry.allowed, end), height - denied);
            const x = index * dayWidth + gap / 2;
            return (
              <g key={entry.day}>
                {index === pointed && (
                  <rect x={index * dayWidth} width={dayWidth} y={0} height={height} className="fill-hover" />
                )}
                <rect x={x} width={dayWidth - gap} y={height - allowed} height={allowed} className="fill-accent" />
                <rect
                  x={x}
                  width={dayWidth - gap}
                  y={height - allowed - denied}
                  height={denied}
                  className="fill-danger"
                />
              </g>
            );
          })}
        </svg>
      </div>
      <div className="mt-1 ml-8 flex flex-wrap justify-between gap-x-4 text-xs text-muted">
        <span>{days[0] && dayLabel(days[0].day, text)}</span>
        <span>{text("Today")}</span>
      </div>
      <div className="mt-2 ml-8 flex min-h-5 flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
        <Key color="bg-accent">{text("Allowed")}</Key>
        <Key color="bg-danger">{text("Denied")}</Key>
        <span aria-hidden="true" className="ml-auto text-foreground tabular-nums">
          {day &&
            text("{day}: {allowed, number} allowed, {denied, number} denied", {
              day: dayLabel(day.day, text),
              allowed: day.allowed,
              denied: day.denied,
            })}
        </span>
      </div>
    </div>
  );
}

/** One call among thousands is still to be seen. */
function barHeight(count: number, end: number): number {
  return count === 0 ? 0 : Math.max(leastBar, (count / end) * height);
}

function Key({ color, children }: { color: string; children: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden="true" className={clsx("size-2 rounded-xs", color)} />
      {children}
    </span>
  );
}
