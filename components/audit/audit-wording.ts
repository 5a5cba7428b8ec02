import { auditActions, type ListedAction } from "@/lib/audit/actions";
import type { AuditEventView } from "@/lib/audit/schema";
import { counted, listed } from "../tokens/wording";
import { changesOf, numberOf, textOf } from "./audit-values";

/** What a sentence is made of: words, and the two parties, which the list shows as links. */
export type SentencePart = string | { party: "actor" | "target" };

type Event = Pick<AuditEventView, "actor" | "action" | "target" | "outcome" | "reason" | "details">;

export const actionGroups = ["Tokens", "Policy", "Webhooks", "Members", "Sign-in", "Organization"] as const;

interface Wording {
  group: (typeof actionGroups)[number];
  /** In filters: "Token revoked". */
  label: string;
  says: (event: Event) => SentencePart[];
}

const actor = { party: "actor" } as const;
const target = { party: "target" } as const;

/** Every action in words. The only place that says them. */
const wording: Readonly<Record<ListedAction, Wording>> = {
  "token.created": {
    group: "Tokens",
    label: "Token created",
    says: ({ details }) => {
      const noun = details.kind === "personal" ? "the personal token " : "";
      const purpose = textOf(details, "rotatedFromId") ? " to replace another token" : "";
      return say`${actor} created ${noun}${target}${purpose}`;
    },
  },
  "token.updated": {
    group: "Tokens",
    label: "Token changed",
    says: ({ details }) => say`${actor} changed ${changed(details)}${target}`,
  },
  "token.rotated": {
    group: "Tokens",
    label: "Token rotated",
    says: ({ details }) => say`${actor} rotated ${target}: the old secret ${overlap(details)}`,
  },
  "token.revoked": {
    group: "Tokens",
    label: "Token revoked",
    says: (event) => say`${actor} revoked ${target}${because(event)}`,
  },
  "token.purged": {
    group: "Tokens",
    label: "Token deleted",
    says: () => say`${actor} deleted the record of ${target}`,
  },
  "token.expired": { group: "Tokens", label: "Token expired", says: () => say`${target} expired` },
  "token.leak_reported": {
    group: "Tokens",
    label: "Leak reported",
    says: () => say`${actor} reported ${target} as leaked`,
  },
  "token.identified": {
    group: "Tokens",
    label: "Token identified",
    says: () => say`${actor} identified ${target} by its secret`,
  },
  "token.used": {
    group: "Tokens",
    label: "Token used",
    says: (event) => {
      const { details, outcome, reason } = event;
      const path = textOf(details, "path");
      const asked = path === undefined ? "the API" : `${textOf(details, "method") ?? "GET"} ${path}`;
      if (reason !== null) return say`${actor} was refused at ${asked}${because(event)}`;
      const status = numberOf(details, "status");
      const answer = outcome === "denied" && status !== undefined ? ` and got ${String(status)}` : "";
      return say`${actor} called ${asked}${answer}`;
    },
  },
  "policy.updated": {
    group: "Policy",
    label: "Policy changed",
    says: ({ details }) => {
      const fields = changesOf(details).map(({ field }) => field);
      return fields.length === 0
        ? say`${actor} changed the token policy`
        : say`${actor} changed the token policy: ${listed(fields)}`;
    },
  },
  "webhook.created": {
    group: "Webhooks",
    label: "Webhook added",
    says: () => say`${actor} added the webhook ${target}`,
  },
  "webhook.updated": {
    group: "Webhooks",
    label: "Webhook changed",
    says: ({ details }) => say`${actor} changed ${changed(details)}the webhook ${target}`,
  },
  "webhook.deleted": {
    group: "Webhooks",
    label: "Webhook deleted",
    says: () => say`${actor} deleted the webhook ${target}`,
  },
  "webhook.secret_rotated": {
    group: "Webhooks",
    label: "Webhook secret rotated",
    says: () => say`${actor} rotated the signing secret of the webhook ${target}`,
  },
  "member.added": {
    group: "Members",
    label: "Member added",
    says: ({ details }) => {
      const role = textOf(details, "role");
      return say`${actor} added ${target}${role === undefined ? "" : ` as ${role}`}`;
    },
  },
  "member.role_changed": {
    group: "Members",
    label: "Role changed",
    says: ({ details }) => {
      const [before, after] = [textOf(details, "before"), textOf(details, "after")];
      if (after === undefined) return say`${actor} took the role ${before ?? "they had"} from ${target}`;
      return say`${actor} made ${target} ${after}${before === undefined ? "" : ` instead of ${before}`}`;
    },
  },
  "member.disabled": {
    group: "Members",
    label: "Member disabled",
    says: () => say`${actor} disabled the account of ${target}`,
  },
  "member.enabled": {
    group: "Members",
    label: "Member enabled",
    says: () => say`${actor} enabled the account of ${target}`,
  },
  "member.removed": { group: "Members", label: "Member removed", says: () => say`${actor} removed ${target}` },
  "member.password_reset": {
    group: "Members",
    label: "Password reset",
    says: () => say`${actor} reset the password of ${target}`,
  },
  "organization.updated": {
    group: "Organization",
    label: "Organization changed",
    says: ({ details }) => say`${actor} changed ${changed(details)}the organization ${target}`,
  },
  "tenant.created": {
    group: "Organization",
    label: "Tenant created",
    says: () => say`${actor} created the tenant ${target}`,
  },
  "tenant.updated": {
    group: "Organization",
    label: "Tenant changed",
    says: ({ details }) => say`${actor} changed ${changed(details)}the tenant ${target}`,
  },
  "password.changed": {
    group: "Sign-in",
    label: "Password changed",
    says: () => say`${actor} changed their own password`,
  },
  "password.change_refused": {
    group: "Sign-in",
    label: "Password change refused",
    says: (event) => say`${actor} could not change their password${because(event)}`,
  },
  "session.started": { group: "Sign-in", label: "Signed in", says: () => say`${actor} signed in` },
  "session.refused": {
    group: "Sign-in",
    label: "Sign-in refused",
    says: (event) => say`${actor} could not sign in${because(event)}`,
  },
  "session.reauthenticated": {
    group: "Sign-in",
    label: "Password confirmed",
    says: () => say`${actor} confirmed their password`,
  },
  "session.reauthentication_refused": {
    group: "Sign-in",
    label: "Password confirmation refused",
    says: (event) => say`${actor} could not confirm their password${because(event)}`,
  },
  "session.ended": {
    group: "Sign-in",
    label: "Session ended",
    says: ({ details, reason, target: session }) => {
      if (reason === "signed_out") return say`${actor} signed out`;
      const sessions = numberOf(details, "sessions");
      if (sessions !== undefined) return say`${actor} signed out everywhere else: ${counted(sessions, "session")}`;
      return session === null ? say`${actor} ended a session` : say`${actor} ended the session in ${target}`;
    },
  },
};

/** What happened, in one sentence without its full stop. */
export function sentenceOf(event: Event): SentencePart[] {
  return isListed(event.action) ? wording[event.action].says(event) : resourceSentence(event);
}

/** "Token revoked" for `token.revoked`, "Pipeline updated" for `pipeline.updated`. */
export function actionLabel(action: string): string {
  if (isListed(action)) return wording[action].label;
  return capitalized(action.replaceAll(/[._]/g, " "));
}

/** The actions of a group, as a filter offers them. */
export function actionsOf(group: Wording["group"]): { value: ListedAction; label: string }[] {
  return auditActions
    .filter((action) => wording[action].group === group)
    .map((action) => ({ value: action, label: wording[action].label }));
}

const reasons: Readonly<Record<string, string>> = {
  compromised: "compromised",
  rotated: "rotated",
  unused: "unused",
  offboarding: "offboarding",
  other: "another reason",
  account_disabled: "the account is disabled",
  address_not_allowed: "the address is not allowed",
  expired: "the token has expired",
  malformed: "malformed secret",
  password_changed: "its user's password was changed",
  plan_required: "the plan has no programmatic access",
  revoked: "the token is revoked",
  throttled: "too many attempts",
  throttled_account: "too many attempts at the account",
  throttled_address: "too many attempts from the address",
  throttled_device: "too many attempts from a known browser",
  unknown_account: "no such account",
  user_disabled: "its user is disabled",
  wrong_password: "wrong password",
};

/** A reason code in words; other text as it is. */
export function reasonText(reason: string): string {
  return reasons[reason] ?? reason.replaceAll("_", " ");
}

/** For what becomes of a tenant's resources, and for actions that this version does not know. */
function resourceSentence({ action, target: what }: Event): SentencePart[] {
  const [kind = "", change = ""] = action.split(".");
  if (what === null || change === "") return say`${actor}: ${actionLabel(action).toLowerCase()}`;
  return say`${actor} ${change.replaceAll("_", " ")} the ${kind.replaceAll("_", " ")} ${target}`;
}

function isListed(action: string): action is ListedAction {
  return Object.hasOwn(wording, action);
}

function because({ reason }: Event): string {
  return reason === null ? "" : `: ${reasonText(reason)}`;
}

/** "the scopes and expiry of ", or nothing where the details do not say. */
function changed(details: Event["details"]): string {
  const fields = changesOf(details).map(({ field }) => field);
  return fields.length === 0 ? "" : `the ${listed(fields)} of `;
}

function overlap(details: Event["details"]): string {
  const seconds = numberOf(details, "overlapSeconds") ?? 0;
  if (seconds === 0) return "ended at once";
  const length = seconds % 86_400 === 0 ? counted(seconds / 86_400, "day") : counted(Math.ceil(seconds / 3600), "hour");
  return `works for ${length} more`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function say(words: TemplateStringsArray, ...values: SentencePart[]): SentencePart[] {
  return words.flatMap((word, index) => [word, values[index] ?? ""]).filter((part) => part !== "");
}
