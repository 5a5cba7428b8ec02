"use client";

import { ListFilter } from "lucide-react";
import type { ReactNode } from "react";
import { useText } from "#text";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { utcTime } from "@/components/ui/dates";
import { IconButton } from "@/components/ui/icon-button";
import type { AuditEventView } from "@/lib/audit/schema";
import { type Change, changesOf } from "./audit-values";
import { actionLabel, reasonText } from "./audit-wording";

/** A value by which events can be filtered, as one of them holds it. */
export interface AuditPivot {
  filter: "actor" | "target" | "address" | "correlationId" | "action";
  value: string;
}

interface AuditEventDetailsProps {
  event: AuditEventView;
  /** The name of the event's tenant. */
  tenant: string;
  onPivot?: (pivot: AuditPivot) => void;
}

/** Everything on record about one event. */
export function AuditEventDetails({ event, tenant, onPivot }: AuditEventDetailsProps) {
  const text = useText();
  const { actor, target, reason, address, userAgent, correlationId, details } = event;
  const changes = changesOf(details, text);
  const { before, after, ...rest } = details;
  const shownDetails = changes.length > 0 ? rest : details;
  const pivot = (filter: AuditPivot["filter"], value: string | null, words: string) =>
    onPivot && value !== null ? (
      <IconButton label={words} className="-my-2" onClick={() => onPivot({ filter, value })}>
        <ListFilter aria-hidden="true" />
      </IconButton>
    ) : null;

  return (
    <div className="grid gap-3 text-sm">
      <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[8rem_1fr]">
        <Row name={text("Time")}>
          <time dateTime={event.occurredAt}>{utcTime(Date.parse(event.occurredAt))}</time>
        </Row>
        <Row name={text("Action")} aside={pivot("action", event.action, text("Only events of this action"))}>
          {actionLabel(event.action, text)} <Code>{event.action}</Code>
        </Row>
        <Row name={text("Outcome")}>{event.outcome === "denied" ? text("Denied") : text("Success")}</Row>
        <Row name={text("Done by")} aside={pivot("actor", actor.id, text("Only events done by this actor"))}>
          {actor.label} {actor.id !== null && <Code>{actor.id}</Code>}
        </Row>
        {target !== null && (
          <Row name={text("Done to")} aside={pivot("target", target.id, text("Only events about this target"))}>
            {text.known(target.kind)} {target.label} {target.id !== null && <Code>{target.id}</Code>}
          </Row>
        )}
        <Row name={text("Tenant")}>{tenant}</Row>
        {reason !== null && <Row name={text("Reason")}>{reasonText(reason, text)}</Row>}
        {address !== null && (
          <Row name={text("Address")} aside={pivot("address", address, text("Only events from this address"))}>
            <Code>{address}</Code>
          </Row>
        )}
        {userAgent !== null && <Row name={text("User agent")}>{userAgent}</Row>}
        <Row
          name={text("Correlation ID")}
          aside={
            <>
              <CopyButton text={correlationId} label={text("Copy correlation ID")} className="-my-2" />
              {pivot("correlationId", correlationId, text("Only events of this call"))}
            </>
          }
        >
          <Code>{correlationId}</Code>
        </Row>
      </dl>
      {changes.length > 0 && <Changes changes={changes} />}
      {Object.keys(shownDetails).length > 0 && (
        <CodeBlock code={JSON.stringify(shownDetails, null, 2)} label={text("details as JSON")} />
      )}
    </div>
  );
}

function Row({ name, aside, children }: { name: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted max-sm:mt-1 max-sm:text-xs">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1">
        <span className="min-w-0 wrap-anywhere">{children}</span>
        {aside}
      </dd>
    </div>
  );
}

function Code({ children }: { children: string }) {
  return <code className="font-mono text-xs wrap-anywhere text-muted">{children}</code>;
}

/** What is no longer so, and what is so now. */
function Changes({ changes }: { changes: readonly Change[] }) {
  const text = useText();
  return (
    <ul aria-label={text("Changes")} className="grid gap-1 rounded-lg border bg-surface px-3 py-2">
      {changes.map(({ field, removed, added }) => (
        <li key={field} className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[8rem_1fr]">
          <span className="text-muted max-sm:text-xs">{field}</span>
          <span className="flex flex-wrap gap-1 font-mono text-xs">
            {removed.map((value) => (
              <del key={value} className="rounded-sm bg-danger-soft px-1 wrap-anywhere text-danger-text no-underline">
                <span aria-hidden="true">− </span>
                {value}
              </del>
            ))}
            {added.map((value) => (
              <ins key={value} className="rounded-sm bg-success-soft px-1 wrap-anywhere text-success-text no-underline">
                <span aria-hidden="true">+ </span>
                {value}
              </ins>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
