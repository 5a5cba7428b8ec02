import type { Notice } from "./schema";

interface Wording {
  /** What happened to this token, after its name. */
  one: string;
  /** The same of several tokens, after their number. */
  many: string;
  /** The facts, in a list. */
  detail: string;
  /** What to do about it. */
  advice: string;
}

/** A notice in words. */
export function wordingOf(notice: Notice): Wording {
  switch (notice.type) {
    case "token.expiring":
      return {
        one: `expires on ${dayOf(notice.expiresAt)}`,
        many: "tokens will expire soon",
        detail: `expires ${timeOf(notice.expiresAt)}`,
        advice: "If a program still needs it, rotate it: the successor has the same settings and a new secret.",
      };
    case "token.expired":
      return {
        one: "has expired",
        many: "tokens have expired",
        detail: `expired ${timeOf(notice.expiredAt)}`,
        advice: "Calls with it are refused. If a program still needs it, create a replacement.",
      };
    case "token.rotated":
      return {
        one: "was rotated",
        many: "tokens were rotated",
        detail: `replaced by ${notice.successor.hint}; works until ${timeOf(notice.worksUntil)}`,
        advice: "Give the new secret to the programs that use it before the old one ends.",
      };
    case "token.revoked":
      return {
        one: notice.reason === "unused" ? "was revoked, because it was not used" : `was revoked as ${notice.reason}`,
        many: `tokens were revoked as ${notice.reason}`,
        detail: notice.note === null ? `revoked as ${notice.reason}` : `revoked as ${notice.reason}: ${notice.note}`,
        advice: "Calls with it are refused. If a program still needs it, create a replacement.",
      };
    case "token.leaked":
      return {
        one: "was found in public and revoked",
        many: "tokens were found in public and revoked",
        detail: notice.foundAt === null ? "found in public" : `found at ${notice.foundAt}`,
        advice:
          "Remove the secret from where it was found, look in the audit log for calls that were not yours, and create " +
          "a replacement.",
      };
    case "token.used_from_new_network":
      return {
        one: "was used from a new network",
        many: "tokens were used from new networks",
        detail: `used from ${notice.network} since ${timeOf(notice.firstSeenAt)}`,
        advice: "If you do not know the network, revoke the token as compromised.",
      };
    case "token.idle_soon":
      return {
        one: `will be revoked on ${dayOf(notice.revocationAt)} unless it is used`,
        many: "tokens will be revoked soon unless they are used",
        detail: `not used since ${timeOf(notice.idleSince)}; revoked ${timeOf(notice.revocationAt)}`,
        advice: "Use it before then, or let it go.",
      };
  }
}

const dayFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

function dayOf(time: string): string {
  return dayFormat.format(Date.parse(time));
}

function timeOf(time: string): string {
  return `${dayOf(time)}, ${time.slice(11, 16)} UTC`;
}
