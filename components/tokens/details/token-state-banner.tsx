"use client";

import type { ReactNode } from "react";
import { useText } from "#text";
import { Banner } from "@/components/ui/banner";
import { utcDay } from "@/components/ui/dates";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Text } from "@/lib/text/text";
import type { TokenView } from "@/lib/tokens/schema";

interface TokenStateBannerProps {
  token: TokenView;
  now: string;
  /** What can be done about it. */
  action?: ReactNode;
}

/** What must be known of a token that is dead or soon will be; nothing for others. */
export function TokenStateBanner({ token, now, action }: TokenStateBannerProps) {
  const text = useText();
  const more = action === undefined ? {} : { action };
  if (token.status === "revoked" && token.revokedAt !== null)
    return (
      <Banner
        tone={token.revokedReason === "compromised" ? "danger" : "info"}
        title={revokedTitle(token, text)}
        {...more}
      >
        <p>
          {token.revokedBy === null
            ? text.rich("{when} by the system. Calls with it are refused for good.", {
                when: <RelativeTime at={token.revokedAt} now={now} />,
              })
            : text.rich("{when} by {name}. Calls with it are refused for good.", {
                when: <RelativeTime at={token.revokedAt} now={now} />,
                name: token.revokedBy.name,
              })}
        </p>
        {token.revokedNote !== null && (
          <p className="mt-1 wrap-anywhere">{text("Note: {note}", { note: token.revokedNote })}</p>
        )}
      </Banner>
    );
  if (token.status === "expired" && token.expiresAt !== null)
    return (
      <Banner title={text("Expired on {day}", { day: utcDay(Date.parse(token.expiresAt), text) })} {...more}>
        {text(
          "Calls with it are refused, and it cannot be revived. A replacement gets the same settings and a new secret.",
        )}
      </Banner>
    );
  if (token.status === "expiring" && token.expiresAt !== null)
    return (
      <Banner
        tone="warning"
        title={text("Expires on {day}", { day: utcDay(Date.parse(token.expiresAt), text) })}
        {...more}
      >
        {text("Calls with it will be refused from then on. Rotate it to go on with a new secret and no downtime.")}
      </Banner>
    );
  return null;
}

function revokedTitle({ revokedReason }: TokenView, text: Text): string {
  switch (revokedReason) {
    case "compromised":
      return text("Revoked as compromised");
    case "rotated":
      return text("Revoked: another token has taken its place");
    case "unused":
      return text("Revoked as unused");
    case "offboarding":
      return text("Revoked at an offboarding");
    default:
      return text("Revoked");
  }
}
