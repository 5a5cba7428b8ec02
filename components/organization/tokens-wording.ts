import type { BadgeTone } from "@/components/ui/badge";
import type { Text } from "@/lib/text/text";
import { recentlyRevokedDays, type TokenCount, type TokenRollUp } from "@/lib/tokens/organization-schema";

interface CountWording {
  label: string;
  /** What these tokens are, and what to do about them. */
  text: string;
  /** Said when there are none. */
  none: string;
  /** How much they call for action, when there are any. */
  tone: BadgeTone;
}

/** What is said of the tokens of each count. */
export function countWording(text: Text): Readonly<Record<TokenCount, CountWording>> {
  return {
    working: {
      label: text("Working"),
      text: text("Every token that is accepted now."),
      none: text("No working tokens"),
      tone: "neutral",
    },
    expiring: {
      label: text("Expiring"),
      text: text("They stop working within 14 days and have no successor. Rotate those that are still in use."),
      none: text("No token expires soon"),
      tone: "warning",
    },
    neverExpires: {
      label: text("Never expires"),
      text: text("They work until somebody revokes them. Open a token to give it an expiry."),
      none: text("Every token expires"),
      tone: "neutral",
    },
    idle: {
      label: text("Idle 90+ days"),
      text: text("Neither used nor created in the last 90 days. Revoke those that nobody will miss."),
      none: text("No token is idle"),
      tone: "warning",
    },
    overPrivileged: {
      label: text("Over-privileged"),
      text: text("Older than 90 days, with a scope they did not use in the last 90. Open a token to drop such scopes."),
      none: text("No token is over-privileged"),
      tone: "warning",
    },
    violatesPolicy: {
      label: text("Violating policy"),
      text: text(
        "Their tenant's policy would not let them be issued today. They work until they are revoked or changed.",
      ),
      none: text("No token violates its tenant's policy"),
      tone: "danger",
    },
    recentlyRevoked: {
      label: text("Revoked, {days, number} days", { days: recentlyRevokedDays }),
      text: text("Revoked in the last {days, number} days, for good.", { days: recentlyRevokedDays }),
      none: text("No token was revoked of late"),
      tone: "neutral",
    },
  };
}

/** "12,345"; "100,000+" when not all were counted. */
export function countText(count: number, { complete }: Pick<TokenRollUp, "complete">, text: Text): string {
  return text.number(count) + (complete ? "" : "+");
}
