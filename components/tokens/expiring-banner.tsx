import { Banner } from "@/components/ui/banner";
import { TextLink } from "@/components/ui/text-link";
import { expiringWithinDays } from "@/lib/tokens/vocabulary";
import { counted } from "./wording";

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
  if (count === 0) return null;
  const tokens = count > mostCountedExpiring ? `${mostCountedExpiring}+ tokens` : counted(count, "token");
  return (
    <Banner tone="warning" className="mb-5">
      {tokens} {count === 1 ? "expires" : "expire"} within {expiringWithinDays} days. Rotate what is still needed.{" "}
      <TextLink href={href}>Show {count === 1 ? "it" : "them"}</TextLink>
    </Banner>
  );
}
