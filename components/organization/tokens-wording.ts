import type { BadgeTone } from "@/components/ui/badge";
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

export const countWording: Readonly<Record<TokenCount, CountWording>> = {
  working: { label: "Working", text: "Every token that is accepted now.", none: "No working tokens", tone: "neutral" },
  expiring: {
    label: "Expiring",
    text: "They stop working within 14 days and have no successor. Rotate those that are still in use.",
    none: "No token expires soon",
    tone: "warning",
  },
  neverExpires: {
    label: "Never expires",
    text: "They work until somebody revokes them. Open a token to give it an expiry.",
    none: "Every token expires",
    tone: "neutral",
  },
  idle: {
    label: "Idle 90+ days",
    text: "Neither used nor created in the last 90 days. Revoke those that nobody will miss.",
    none: "No token is idle",
    tone: "warning",
  },
  overPrivileged: {
    label: "Over-privileged",
    text: "Older than 90 days, with a scope they did not use in the last 90. Open a token to drop such scopes.",
    none: "No token is over-privileged",
    tone: "warning",
  },
  violatesPolicy: {
    label: "Violating policy",
    text: "Their tenant's policy would not let them be issued today. They work until they are revoked or changed.",
    none: "No token violates its tenant's policy",
    tone: "danger",
  },
  recentlyRevoked: {
    label: `Revoked, ${recentlyRevokedDays} days`,
    text: `Revoked in the last ${recentlyRevokedDays} days, for good.`,
    none: "No token was revoked of late",
    tone: "neutral",
  },
};

const numbers = new Intl.NumberFormat("en");

/** "12,345"; "100,000+" when not all were counted. */
export function countText(count: number, { complete }: Pick<TokenRollUp, "complete">): string {
  return numbers.format(count) + (complete ? "" : "+");
}
