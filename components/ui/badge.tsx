import { clsx } from "clsx";
import type { ReactNode } from "react";

export type BadgeTone = "neutral" | "accent" | "success" | "warning" | "danger";

const tones: Readonly<Record<BadgeTone, { style: string; dotStyle: string }>> = {
  neutral: { style: "border-border bg-subtle text-muted", dotStyle: "bg-control" },
  accent: { style: "border-accent-line bg-accent-soft text-accent-text", dotStyle: "bg-accent" },
  success: { style: "border-success-line bg-success-soft text-success-text", dotStyle: "bg-success" },
  warning: { style: "border-warning-line bg-warning-soft text-warning-text", dotStyle: "bg-warning" },
  danger: { style: "border-danger-line bg-danger-soft text-danger-text", dotStyle: "bg-danger" },
};

interface BadgeProps {
  tone?: BadgeTone;
  /** A coloured dot before the text, for states. */
  dot?: boolean;
  children: ReactNode;
  className?: string;
}

export function Badge({ tone = "neutral", dot = false, children, className }: BadgeProps) {
  const { style, dotStyle } = tones[tone];
  return (
    <span
      className={clsx(
        "inline-flex h-5 max-w-full items-center gap-1.5 rounded-full border px-2 text-xs font-medium whitespace-nowrap",
        style,
        className,
      )}
    >
      {dot && <span aria-hidden="true" className={clsx("size-1.5 shrink-0 rounded-full", dotStyle)} />}
      {children}
    </span>
  );
}
