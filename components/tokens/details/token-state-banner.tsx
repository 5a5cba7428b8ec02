"use client";

import type { ReactNode } from "react";
import { Banner } from "@/components/ui/banner";
import { utcDay } from "@/components/ui/dates";
import { RelativeTime } from "@/components/ui/relative-time";
import type { TokenView } from "@/lib/tokens/schema";

interface TokenStateBannerProps {
  token: TokenView;
  now: string;
  /** What can be done about it. */
  action?: ReactNode;
}

/** What must be known of a token that is dead or soon will be; nothing for others. */
export function TokenStateBanner({ token, now, action }: TokenStateBannerProps) {
  const more = action === undefined ? {} : { action };
  if (token.status === "revoked" && token.revokedAt !== null)
    return (
      <Banner tone={token.revokedReason === "compromised" ? "danger" : "info"} title={revokedTitle(token)} {...more}>
        <p>
          <RelativeTime at={token.revokedAt} now={now} /> by {token.revokedBy?.name ?? "the system"}. Calls with it are
          refused for good.
        </p>
        {token.revokedNote !== null && <p className="mt-1 wrap-anywhere">Note: {token.revokedNote}</p>}
      </Banner>
    );
  if (token.status === "expired" && token.expiresAt !== null)
    return (
      <Banner title={`Expired on ${utcDay(Date.parse(token.expiresAt))}`} {...more}>
        Calls with it are refused, and it cannot be revived. A replacement gets the same settings and a new secret.
      </Banner>
    );
  if (token.status === "expiring" && token.expiresAt !== null)
    return (
      <Banner tone="warning" title={`Expires on ${utcDay(Date.parse(token.expiresAt))}`} {...more}>
        Calls with it will be refused from then on. Rotate it to go on with a new secret and no downtime.
      </Banner>
    );
  return null;
}

function revokedTitle({ revokedReason }: TokenView): string {
  switch (revokedReason) {
    case "compromised":
      return "Revoked as compromised";
    case "rotated":
      return "Revoked: another token has taken its place";
    case "unused":
      return "Revoked as unused";
    case "offboarding":
      return "Revoked at an offboarding";
    default:
      return "Revoked";
  }
}
