import { useText } from "#text";
import { AuditEventList, type KnownParty } from "@/components/audit/audit-event-list";
import { TextLink } from "@/components/ui/text-link";
import type { AuditEventView } from "@/lib/audit/schema";
import { DetailCard } from "./detail-card";

export interface HistoryCardProps {
  tokenName: string;
  /** What was done to the token, newest first; null where the user may not see the audit log. */
  events: readonly AuditEventView[] | null;
  known: Readonly<Record<string, KnownParty>>;
  now: string;
  /** All of it, in the audit log. */
  auditHref: string;
  className?: string;
}

/** What was done to a token, and by whom. */
export function HistoryCard({ tokenName, events, known, now, auditHref, className }: HistoryCardProps) {
  const text = useText();
  return (
    <DetailCard
      title={text("History")}
      {...(className !== undefined && { className })}
      {...(events !== null && { aside: <TextLink href={auditHref}>{text("All events, calls included")}</TextLink> })}
    >
      {events === null ? (
        <p className="text-muted">
          {text.rich(
            "Your role in this tenant doesn't include <code>audit:read</code>, so you can't see what was done to the token. Ask an administrator for a role that does.",
            { code: (content) => <code className="font-mono text-foreground">{content}</code> },
          )}
        </p>
      ) : events.length === 0 ? (
        <p className="text-muted">{text("Nothing is on record about it.")}</p>
      ) : (
        // The list is a card of its own elsewhere; here it fills the one it is in.
        <div className="-mx-4 -mb-4 overflow-hidden rounded-b-xl border-t [&>ul]:rounded-none [&>ul]:border-0">
          <AuditEventList
            label={text("History of {name}", { name: tokenName })}
            events={events}
            known={known}
            now={now}
          />
        </div>
      )}
    </DetailCard>
  );
}
