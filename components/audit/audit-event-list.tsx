"use client";

import { Collapsible } from "@base-ui/react/collapsible";
import { ChevronRight, CircleHelp, Cog, KeyRound, UserRound } from "lucide-react";
import { useText } from "#text";
import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import type { AuditEventView } from "@/lib/audit/schema";
import { message } from "@/lib/text/message";
import type { Text } from "@/lib/text/text";
import { AuditEventDetails, type AuditPivot } from "./audit-event-details";
import { plainSentenceOf, sentenceOf } from "./audit-wording";

/** What is known of a user, token or tenant today, beyond the label it had when the event was recorded. */
export interface KnownParty {
  name?: string;
  href?: string;
}

export interface AuditEventListProps {
  /** Names the list: "Audit events of ci-deploy". */
  label: string;
  events: readonly AuditEventView[];
  /** The server's time of rendering, RFC 3339. */
  now: string;
  /** By id: the users, tokens and tenants that can be named or linked to. */
  known?: Readonly<Record<string, KnownParty>>;
  /** Shows in which tenant each event took place. */
  showTenant?: boolean;
  /** Offers to see the events that share a value with one. */
  onPivot?: (pivot: AuditPivot) => void;
}

/** Audit events in plain words, newest first as given; each opens to everything on record about it. */
export function AuditEventList({ label, events, now, known = {}, showTenant = false, onPivot }: AuditEventListProps) {
  return (
    <ul aria-label={label} className="overflow-hidden rounded-xl border bg-surface">
      {events.map((event) => (
        <li key={event.id} className="not-last:border-b">
          <AuditEvent event={event} now={now} known={known} showTenant={showTenant} {...(onPivot && { onPivot })} />
        </li>
      ))}
    </ul>
  );
}

type AuditEventProps = Required<Pick<AuditEventListProps, "now" | "known" | "showTenant">> &
  Pick<AuditEventListProps, "onPivot"> & { event: AuditEventView };

function AuditEvent({ event, now, known, showTenant, onPivot }: AuditEventProps) {
  const text = useText();
  const actor = partyOf("actor", event, known, text);
  const target = partyOf("target", event, known, text);
  const tenant = tenantName(event, known, text);
  const places = [
    ...(showTenant ? [tenant] : []),
    ...(event.address === null ? [] : [text("from {address}", { address: event.address })]),
  ];
  return (
    <Collapsible.Root>
      <div className="relative flex items-start gap-3 px-4 py-2.5 has-[button:hover]:bg-subtle/60">
        <ActorIcon kind={event.actor.kind} />
        <div className="min-w-0 flex-1">
          <p className="wrap-anywhere">
            {sentenceOf(event, text, { actor: <Party {...actor} />, target: <Party {...target} /> })}
          </p>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
            {event.outcome === "denied" && <Badge tone="danger">{text("Denied")}</Badge>}
            <RelativeTime at={event.occurredAt} now={now} className="relative z-10 sm:hidden" />
            {places.map((place) => (
              <span key={place} className="wrap-anywhere">
                {place}
              </span>
            ))}
          </p>
        </div>
        <RelativeTime
          at={event.occurredAt}
          now={now}
          className="relative z-10 shrink-0 pt-px text-xs text-muted max-sm:hidden"
        />
        <Collapsible.Trigger
          aria-label={text("Details: {sentence}", {
            sentence: plainSentenceOf(event, text, { actor: actor.name, target: target.name }),
          })}
          className="group grid size-5 shrink-0 place-items-center rounded-sm text-muted after:absolute after:inset-0 hover:text-foreground"
        >
          <ChevronRight
            aria-hidden="true"
            className="size-4 transition-transform duration-100 group-data-panel-open:rotate-90"
          />
        </Collapsible.Trigger>
      </div>
      <Collapsible.Panel className="border-t bg-subtle/40 px-4 py-3 sm:pl-11">
        <AuditEventDetails event={event} tenant={tenant} {...(onPivot && { onPivot })} />
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}

interface NamedParty {
  name: string;
  href: string | undefined;
}

function Party({ name, href }: NamedParty) {
  return (
    <span className="relative z-10 font-medium">
      {href === undefined ? name : <TextLink href={href}>{name}</TextLink>}
    </span>
  );
}

/** Whoever or whatever it is, by the best name there is: "ci-deploy (pxt_…a1b2)". */
function partyOf(
  party: "actor" | "target",
  { actor, target, details }: AuditEventView,
  known: AuditEventProps["known"],
  text: Text,
): NamedParty {
  const { id, label } = party === "actor" ? actor : { id: target?.id ?? null, label: target?.label ?? null };
  const recorded = party === "target" && typeof details.name === "string" ? details.name : undefined;
  const name = recorded ?? (id === null ? undefined : known[id]?.name);
  const href = id === null ? undefined : known[id]?.href;
  if (name === undefined || name === label)
    return { name: label ?? text.known(target?.kind ?? message("something")), href };
  return { name: label === null || label === "" ? name : `${name} (${label})`, href };
}

function tenantName({ tenantId }: AuditEventView, known: AuditEventProps["known"], text: Text): string {
  return tenantId === null ? text("Whole organization") : (known[tenantId]?.name ?? tenantId);
}

const actors = {
  user: { Icon: UserRound, label: message("User") },
  token: { Icon: KeyRound, label: message("Token") },
  system: { Icon: Cog, label: message("System") },
  anonymous: { Icon: CircleHelp, label: message("Not signed in") },
} as const;

function ActorIcon({ kind }: { kind: AuditEventView["actor"]["kind"] }) {
  const text = useText();
  const { Icon, label: english } = actors[kind];
  const label = text.known(english);
  return (
    <span title={label} className="relative z-10 mt-0.5 text-muted">
      <Icon aria-hidden="true" className="size-4" />
      <span className="sr-only">{label}</span>
    </span>
  );
}
