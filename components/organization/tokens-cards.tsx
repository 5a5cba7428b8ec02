import { clsx } from "clsx";
import Link from "next/link";
import { useText } from "#text";
import { LinkPending } from "@/components/ui/link-pending";
import type { TokenCount, TokenCounts } from "@/lib/tokens/organization-schema";
import { countText, countWording } from "./tokens-wording";

interface TokensCardsProps {
  counts: TokenCounts;
  complete: boolean;
  /** The count whose tokens are shown; null when none is. */
  current: TokenCount | null;
  hrefOf: (count: TokenCount) => string;
}

const shown = ["working", "expiring", "neverExpires", "idle", "overPrivileged", "violatesPolicy"] as const;

const dots = {
  neutral: "",
  accent: "bg-accent",
  success: "bg-success",
  warning: "bg-warning",
  danger: "bg-danger",
} as const;

/** What there is and what calls for action; each card shows its tokens. */
export function TokensCards({ counts, complete, current, hrefOf }: TokensCardsProps) {
  const text = useText();
  const wording = countWording(text);
  return (
    <ul aria-label={text("Counts of tokens")} className="grid grid-cols-2 gap-2 @xl:grid-cols-3 @4xl:grid-cols-6">
      {shown.map((count) => {
        const { label, tone } = wording[count];
        return (
          <li key={count}>
            <Link
              href={hrefOf(count)}
              scroll={false}
              prefetch={false}
              {...(count === current && { "aria-current": "true" })}
              className={clsx(
                "relative grid h-full gap-0.5 overflow-hidden rounded-xl border px-3.5 py-3 transition-colors",
                count === current
                  ? "border-accent bg-accent-soft"
                  : "bg-surface hover:border-border-strong hover:bg-subtle/60",
              )}
            >
              <LinkPending />
              <span className="flex items-center gap-1.5 text-xs text-muted">
                {tone !== "neutral" && counts[count] > 0 && (
                  <span aria-hidden="true" className={clsx("size-1.5 shrink-0 rounded-full", dots[tone])} />
                )}
                {label}
              </span>
              <span
                className={clsx(
                  "text-2xl font-semibold tracking-tight tabular-nums",
                  counts[count] === 0 && "font-medium text-muted",
                )}
              >
                {countText(counts[count], { complete }, text)}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
