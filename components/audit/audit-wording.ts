import { Children, type ReactNode } from "react";
import { auditActions, type ListedAction } from "@/lib/audit/actions";
import type { AuditEventView } from "@/lib/audit/schema";
import { message } from "@/lib/text/message";
import type { Text } from "@/lib/text/text";
import { changesOf, numberOf, textOf } from "./audit-values";

type Event = Pick<AuditEventView, "actor" | "action" | "target" | "outcome" | "reason" | "details">;

/** The two whom an event is about, as a sentence shows them: names, or links in a list. */
interface Parties<Shown extends ReactNode = ReactNode> {
  actor: Shown;
  target: Shown;
}

export const actionGroups = ["tokens", "policy", "webhooks", "members", "signIn", "organization"] as const;
type ActionGroup = (typeof actionGroups)[number];

export const groupLabels: Readonly<Record<ActionGroup, string>> = {
  tokens: message("Tokens"),
  policy: message("Policy"),
  webhooks: message("Webhooks"),
  members: message("Members"),
  signIn: message("Sign-in"),
  organization: message("Organization"),
};

interface Wording {
  group: ActionGroup;
  /** In filters: "Token revoked". */
  label: string;
  says: (event: Event, text: Text, parties: Parties) => ReactNode;
}

/** Every action in words. The only place that says them. */
const wording: Readonly<Record<ListedAction, Wording>> = {
  "token.created": {
    group: "tokens",
    label: message("Token created"),
    says: ({ details }, text, { actor, target }) =>
      text.rich(
        "{actor} created {kind, select, personal {the personal token } other {}}{target}{replacing, select, yes { to replace another token} other {}}",
        { actor, target, kind: textOf(details, "kind") ?? "api", replacing: isThere(textOf(details, "rotatedFromId")) },
      ),
  },
  "token.updated": {
    group: "tokens",
    label: message("Token changed"),
    says: ({ details }, text, { actor, target }) => {
      const fields = changedFields(details, text);
      return fields === ""
        ? text.rich("{actor} changed {target}", { actor, target })
        : text.rich("{actor} changed the {fields} of {target}", { actor, fields, target });
    },
  },
  "token.rotated": {
    group: "tokens",
    label: message("Token rotated"),
    says: ({ details }, text, { actor, target }) => {
      const seconds = numberOf(details, "overlapSeconds") ?? 0;
      if (seconds === 0) return text.rich("{actor} rotated {target}: the old secret ended at once", { actor, target });
      if (seconds % 86_400 === 0)
        return text.rich(
          "{actor} rotated {target}: the old secret works for {days, plural, one {# day} other {# days}} more",
          { actor, target, days: seconds / 86_400 },
        );
      return text.rich(
        "{actor} rotated {target}: the old secret works for {hours, plural, one {# hour} other {# hours}} more",
        { actor, target, hours: Math.ceil(seconds / 3600) },
      );
    },
  },
  "token.revoked": {
    group: "tokens",
    label: message("Token revoked"),
    says: ({ reason }, text, { actor, target }) =>
      reason === null
        ? text.rich("{actor} revoked {target}", { actor, target })
        : text.rich("{actor} revoked {target}: {reason}", { actor, target, reason: reasonText(reason, text) }),
  },
  "token.purged": {
    group: "tokens",
    label: message("Token deleted"),
    says: (_, text, { actor, target }) => text.rich("{actor} deleted the record of {target}", { actor, target }),
  },
  "token.expired": {
    group: "tokens",
    label: message("Token expired"),
    says: (_, text, { target }) => text.rich("{target} expired", { target }),
  },
  "token.leak_reported": {
    group: "tokens",
    label: message("Leak reported"),
    says: (_, text, { actor, target }) => text.rich("{actor} reported {target} as leaked", { actor, target }),
  },
  "token.identified": {
    group: "tokens",
    label: message("Token identified"),
    says: (_, text, { actor, target }) => text.rich("{actor} identified {target} by its secret", { actor, target }),
  },
  "token.used": {
    group: "tokens",
    label: message("Token used"),
    says: ({ details, outcome, reason }, text, { actor }) => {
      const path = textOf(details, "path");
      const told = isThere(path);
      const call = `${textOf(details, "method") ?? "GET"} ${path}`;
      if (reason !== null)
        return text.rich("{actor} was refused at {told, select, yes {{call}} other {the API}}: {reason}", {
          actor,
          told,
          call,
          reason: reasonText(reason, text),
        });
      const status = numberOf(details, "status");
      if (outcome === "denied" && status !== undefined)
        return text.rich("{actor} called {told, select, yes {{call}} other {the API}} and got {status}", {
          actor,
          told,
          call,
          status,
        });
      return text.rich("{actor} called {told, select, yes {{call}} other {the API}}", { actor, told, call });
    },
  },
  "policy.updated": {
    group: "policy",
    label: message("Policy changed"),
    says: ({ details }, text, { actor }) => {
      const fields = changedFields(details, text);
      return fields === ""
        ? text.rich("{actor} changed the token policy", { actor })
        : text.rich("{actor} changed the token policy: {fields}", { actor, fields });
    },
  },
  "webhook.created": {
    group: "webhooks",
    label: message("Webhook added"),
    says: (_, text, { actor, target }) => text.rich("{actor} added the webhook {target}", { actor, target }),
  },
  "webhook.updated": {
    group: "webhooks",
    label: message("Webhook changed"),
    says: ({ details }, text, { actor, target }) => {
      const fields = changedFields(details, text);
      return fields === ""
        ? text.rich("{actor} changed the webhook {target}", { actor, target })
        : text.rich("{actor} changed the {fields} of the webhook {target}", { actor, fields, target });
    },
  },
  "webhook.deleted": {
    group: "webhooks",
    label: message("Webhook deleted"),
    says: (_, text, { actor, target }) => text.rich("{actor} deleted the webhook {target}", { actor, target }),
  },
  "webhook.secret_rotated": {
    group: "webhooks",
    label: message("Webhook secret rotated"),
    says: (_, text, { actor, target }) =>
      text.rich("{actor} rotated the signing secret of the webhook {target}", { actor, target }),
  },
  "member.added": {
    group: "members",
    label: message("Member added"),
    says: ({ details }, text, { actor, target }) => {
      const role = textOf(details, "role");
      return role === undefined
        ? text.rich("{actor} added {target}", { actor, target })
        : text.rich("{actor} added {target} as {role}", { actor, target, role: text.known(role) });
    },
  },
  "member.role_changed": {
    group: "members",
    label: message("Role changed"),
    says: ({ details }, text, { actor, target }) => {
      const [before, after] = [textOf(details, "before"), textOf(details, "after")];
      const [old, role] = [text.known(before ?? ""), text.known(after ?? "")];
      if (after === undefined)
        return before === undefined
          ? text.rich("{actor} took the role they had from {target}", { actor, target })
          : text.rich("{actor} took the role {old} from {target}", { actor, old, target });
      return before === undefined
        ? text.rich("{actor} made {target} {role}", { actor, target, role })
        : text.rich("{actor} made {target} {role} instead of {old}", { actor, target, role, old });
    },
  },
  "member.disabled": {
    group: "members",
    label: message("Member disabled"),
    says: (_, text, { actor, target }) => text.rich("{actor} disabled the account of {target}", { actor, target }),
  },
  "member.enabled": {
    group: "members",
    label: message("Member enabled"),
    says: (_, text, { actor, target }) => text.rich("{actor} enabled the account of {target}", { actor, target }),
  },
  "member.removed": {
    group: "members",
    label: message("Member removed"),
    says: (_, text, { actor, target }) => text.rich("{actor} removed {target}", { actor, target }),
  },
  "member.password_reset": {
    group: "members",
    label: message("Password reset"),
    says: (_, text, { actor, target }) => text.rich("{actor} reset the password of {target}", { actor, target }),
  },
  "organization.updated": {
    group: "organization",
    label: message("Organization changed"),
    says: ({ details }, text, { actor, target }) => {
      const fields = changedFields(details, text);
      return fields === ""
        ? text.rich("{actor} changed the organization {target}", { actor, target })
        : text.rich("{actor} changed the {fields} of the organization {target}", { actor, fields, target });
    },
  },
  "tenant.created": {
    group: "organization",
    label: message("Tenant created"),
    says: (_, text, { actor, target }) => text.rich("{actor} created the tenant {target}", { actor, target }),
  },
  "tenant.updated": {
    group: "organization",
    label: message("Tenant changed"),
    says: ({ details }, text, { actor, target }) => {
      const fields = changedFields(details, text);
      return fields === ""
        ? text.rich("{actor} changed the tenant {target}", { actor, target })
        : text.rich("{actor} changed the {fields} of the tenant {target}", { actor, fields, target });
    },
  },
  "audit.dropped": {
    group: "organization",
    label: message("Old events dropped"),
    says: ({ details }, text, { actor }) => {
      const day = textOf(details, "before")?.slice(0, 10);
      return day === undefined
        ? text.rich("{actor} dropped the events before a time, as retention demands", { actor })
        : text.rich("{actor} dropped the events before {day}, as retention demands", { actor, day });
    },
  },
  "password.changed": {
    group: "signIn",
    label: message("Password changed"),
    says: (_, text, { actor }) => text.rich("{actor} changed their own password", { actor }),
  },
  "password.change_refused": {
    group: "signIn",
    label: message("Password change refused"),
    says: ({ reason }, text, { actor }) =>
      reason === null
        ? text.rich("{actor} could not change their password", { actor })
        : text.rich("{actor} could not change their password: {reason}", { actor, reason: reasonText(reason, text) }),
  },
  "session.started": {
    group: "signIn",
    label: message("Signed in"),
    says: ({ details, reason }, text, { actor }) =>
      reason === null
        ? text.rich("{actor} signed in{sso, select, yes { by single sign-on} other {}}", {
            actor,
            sso: textOf(details, "method") === "sso" ? "yes" : "no",
          })
        : text.rich("{actor} signed in: {reason}", { actor, reason: reasonText(reason, text) }),
  },
  "session.refused": {
    group: "signIn",
    label: message("Sign-in refused"),
    says: ({ reason }, text, { actor }) =>
      reason === null
        ? text.rich("{actor} could not sign in", { actor })
        : text.rich("{actor} could not sign in: {reason}", { actor, reason: reasonText(reason, text) }),
  },
  "session.reauthenticated": {
    group: "signIn",
    label: message("Password confirmed"),
    says: ({ details }, text, { actor }) =>
      textOf(details, "method") === "sso"
        ? text.rich("{actor} confirmed who they are by single sign-on", { actor })
        : text.rich("{actor} confirmed their password", { actor }),
  },
  "session.reauthentication_refused": {
    group: "signIn",
    label: message("Password confirmation refused"),
    says: ({ reason }, text, { actor }) =>
      reason === null
        ? text.rich("{actor} could not confirm their password", { actor })
        : text.rich("{actor} could not confirm their password: {reason}", { actor, reason: reasonText(reason, text) }),
  },
  "session.ended": {
    group: "signIn",
    label: message("Session ended"),
    says: ({ details, reason, target: session }, text, { actor, target }) => {
      if (reason === "signed_out") return text.rich("{actor} signed out", { actor });
      const count = numberOf(details, "sessions");
      if (count !== undefined)
        return text.rich("{actor} signed out everywhere else: {count, plural, one {# session} other {# sessions}}", {
          actor,
          count,
        });
      return session === null
        ? text.rich("{actor} ended a session", { actor })
        : text.rich("{actor} ended the session in {target}", { actor, target });
    },
  },
};

/** What happened, in one sentence without its full stop. */
export function sentenceOf(event: Event, text: Text, parties: Parties): ReactNode {
  return isListed(event.action)
    ? wording[event.action].says(event, text, parties)
    : resourceSentence(event, text, parties);
}

/** The same where only text can stand. */
export function plainSentenceOf(event: Event, text: Text, parties: Parties<string>): string {
  return Children.toArray(sentenceOf(event, text, parties)).join("");
}

/** "Token revoked" for `token.revoked`, "Pipeline updated" for `pipeline.updated`. */
export function actionLabel(action: string, text: Text): string {
  if (isListed(action)) return text.known(wording[action].label);
  const { kind, change, kindWords, changeWords } = partsOf(action);
  return text(
    "{kind, select, pipeline {Pipeline} collector {Collector} dataset {Dataset} alert {Alert} article {Article} other {{kindWords}}} {change, select, created {created} updated {updated} deleted {deleted} acknowledged {acknowledged} resolved {resolved} other {{changeWords}}}",
    { kind, kindWords: capitalized(kindWords), change, changeWords },
  ).trim();
}

/** The actions of a group, as a filter offers them; `text.known` shows their labels. */
export function actionsOf(group: ActionGroup): { value: ListedAction; label: string }[] {
  return auditActions
    .filter((action) => wording[action].group === group)
    .map((action) => ({ value: action, label: wording[action].label }));
}

const reasons: Readonly<Record<string, string>> = {
  compromised: message("compromised"),
  rotated: message("rotated"),
  unused: message("unused"),
  offboarding: message("offboarding"),
  other: message("another reason"),
  account_disabled: message("the account is disabled"),
  break_glass: message("as an owner, with a password, where single sign-on is required"),
  last_owner: message("this is the last owner"),
  sso_cancelled: message("it was cancelled at the single sign-on"),
  sso_code_refused: message("the provider refused the code"),
  sso_email_not_verified: message("the provider does not vouch for the e-mail address"),
  sso_id_token_expired: message("the ID token has expired"),
  sso_invalid_response: message("the provider's answer is not valid"),
  sso_linked_elsewhere: message("the account belongs to somebody else at the provider"),
  sso_no_role: message("no group of theirs leads to a role"),
  sso_not_configured: message("there is no single sign-on"),
  sso_not_recent: message("the provider did not ask for the password anew"),
  sso_other_person: message("somebody else signed in at the provider"),
  sso_provider_unavailable: message("the provider could not be reached or used"),
  sso_required: message("the organization requires single sign-on"),
  sso_state_replayed: message("the sign-in had come back before"),
  sso_unknown_state: message("this browser began no such sign-in"),
  sso_wrong_audience: message("the ID token is for another service"),
  sso_wrong_issuer: message("the ID token is from another issuer"),
  sso_wrong_nonce: message("the ID token is of another sign-in"),
  sso_wrong_signature: message("the ID token's signature is wrong"),
  address_not_allowed: message("the address is not allowed"),
  expired: message("the token has expired"),
  malformed: message("malformed secret"),
  password_changed: message("its user's password was changed"),
  plan_required: message("the plan has no programmatic access"),
  revoked: message("the token is revoked"),
  throttled: message("too many attempts"),
  throttled_account: message("too many attempts at the account"),
  throttled_address: message("too many attempts from the address"),
  throttled_device: message("too many attempts from a known browser"),
  unknown_account: message("no such account"),
  user_disabled: message("its user is disabled"),
  wrong_password: message("wrong password"),
};

/** A reason code in words; other text as it is. */
export function reasonText(reason: string, text: Text): string {
  return text.known(reasons[reason] ?? reason.replaceAll("_", " "));
}

/** For what becomes of a tenant's resources, and for actions that this version does not know. */
function resourceSentence({ action, target: resource }: Event, text: Text, { actor, target }: Parties): ReactNode {
  const { kind, change, kindWords, changeWords } = partsOf(action);
  if (resource === null || change === "")
    return text.rich("{actor}: {action}", { actor, action: `${kindWords} ${changeWords}`.trim().toLowerCase() });
  return text.rich(
    "{actor} {change, select, created {created} updated {updated} deleted {deleted} acknowledged {acknowledged} resolved {resolved} other {{changeWords}}} the {kind, select, pipeline {pipeline} collector {collector} dataset {dataset} alert {alert} article {article} other {{kindWords}}} {target}",
    { actor, change, changeWords, kind, kindWords, target },
  );
}

/** `pipeline.updated` in parts, and the words of the code for each. */
function partsOf(action: string) {
  const [kind = "", ...rest] = action.split(".");
  const change = rest.join(" ");
  return { kind, change, kindWords: kind.replaceAll("_", " "), changeWords: change.replaceAll("_", " ") };
}

function isListed(action: string): action is ListedAction {
  return Object.hasOwn(wording, action);
}

/** "scopes and expiry"; empty where the details do not say. */
function changedFields(details: Event["details"], text: Text): string {
  return text.list(changesOf(details, text).map(({ field }) => field));
}

/** For a choice within a message. */
function isThere(value: string | undefined): "yes" | "no" {
  return value === undefined ? "no" : "yes";
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
