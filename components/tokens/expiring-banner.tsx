import type { ReactNode } from "react";
import { useText } from "#text";
import { Banner } from "@/components/ui/banner";
import { TextLink } from "@/components/ui/text-link";
import { expiringWithinDays } from "@/lib/tokens/vocabulary";

/** How many are counted; beyond it, "100+". */
export const mostCountedExpiring = 100;

interface ExpiringBannerProps {
  /** Tokens that expire soon and have no successor, counted up to one more than mostCountedExpiring. */
  count: number;
  /** Where the table shows these tokens and no others. */
  href: string;
}

/** Tells of tokens that stop working soon; nothing when there are none. */
export function ExpiringBanner({ count, href }: ExpiringBannerProps) {
  const text = useText();
  if (count === 0) return null;
  const link = (content: ReactNode) => <TextLink href={href}>{content}</TextLink>;
  return (
    <Banner tone="warning" className="mb-5">
      {count > mostCountedExpiring
        ? text.rich("{most}+ tokens expire within {days} days. Rotate what is still needed. <link>Show them</link>", {
            most: mostCountedExpiring,
            days: expiringWithinDays,
            link,
          })
        : text.rich(
            "{count, plural, one {# token expires} other {# tokens expire}} within {days} days. Rotate what is still needed. <link>{count, plural, one {Show it} other {Show them}}</link>",
            { count, days: expiringWithinDays, link },
          )}
    </Banner>
  );
}
