"use client";

import { clsx } from "clsx";
import { Download, ScrollText, SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useTransition } from "react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { PageNav } from "@/components/ui/page-nav";
import { AuditEventList, type AuditEventListProps } from "./audit-event-list";
import { AuditFilters, type Choice } from "./audit-filters";
import { auditParams, hidesUses, noFilter, serializeAuditParams } from "./audit-params";

interface AuditPanelProps extends Pick<AuditEventListProps, "events" | "now"> {
  /** Whose log it is, for example "Acme / east". */
  placeName: string;
  known: NonNullable<AuditEventListProps["known"]>;
  nextCursor: string | null;
  previousCursor: string | null;
  /** Who did something lately: people and tokens. */
  actors: readonly Choice[];
  /** The tenants of the organization; none in the log of one tenant. */
  tenants: readonly Choice[];
  /** The path that downloads the log, to be given the format and the filter. */
  exportPath: string;
}

/** The audit log of a tenant or an organization: a page of it, what chooses its part, and its export. */
export function AuditPanel(props: AuditPanelProps) {
  const text = useText();
  const { placeName, events, now, known, nextCursor, previousCursor, actors, tenants, exportPath } = props;
  const [loading, startTransition] = useTransition();
  const [state, setState] = useQueryStates(auditParams, { shallow: false, history: "push", startTransition });
  const change = (next: Partial<typeof state> | typeof noFilter) => void setState({ ...next, cursor: null });
  const { uses, cursor, ...filters } = state;
  const filtered = Object.entries(filters).some(
    ([name, value]) => value !== null && !(name === "range" && value === "any"),
  );
  const exportHref = (format: string) =>
    `${serializeAuditParams(exportPath, { ...state, cursor: null })}&${new URLSearchParams({ format })}`;

  function nameOf(id: string): string {
    const choice = [...actors, ...tenants].find((known) => known.id === id);
    const parties = events.flatMap(({ actor, target }) => (target === null ? [actor] : [actor, target]));
    return choice?.label ?? known[id]?.name ?? parties.find((party) => party.id === id)?.label ?? id;
  }

  return (
    <section aria-label={text("Audit log")} aria-busy={loading} className="@container">
      <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-lg font-semibold tracking-tight">{text("Audit log")}</h2>
          <p className="mt-0.5 text-muted">
            {text("Who did what in {place}, when and from where.", { place: placeName })}
          </p>
        </div>
        <div className="flex gap-2">
          {(["CSV", "NDJSON"] as const).map((format) => (
            // Not a Link: a download must be neither prefetched nor rendered.
            <a key={format} href={exportHref(format.toLowerCase())} className={buttonStyle("secondary", "md")}>
              <Download aria-hidden="true" />
              {text("Export {format}", { format })}
            </a>
          ))}
        </div>
      </div>
      <AuditFilters state={state} onChange={change} actors={actors} tenants={tenants} nameOf={nameOf} />
      <p role="status" className="sr-only">
        {loading
          ? text("Loading events")
          : text("{count, plural, one {# event} other {# events}} shown", { count: events.length })}
      </p>
      <div className={clsx("transition-opacity duration-150", loading && "opacity-55")}>
        {events.length > 0 ? (
          <AuditEventList
            label={text("Audit events")}
            events={events}
            now={now}
            known={known}
            showTenant={tenants.length > 0}
            onPivot={({ filter, value }) => change({ [filter]: value })}
          />
        ) : (
          <div className="rounded-xl border bg-surface">
            <EmptyState
              icon={filtered ? <SearchX /> : <ScrollText />}
              title={filtered ? text("No events match") : text("Nothing on record yet")}
              text={[
                filtered
                  ? text("Nothing on record fits all of these filters.")
                  : text("What people and tokens do here will be listed."),
                ...(hidesUses(state) ? [text("Uses of tokens are hidden.")] : []),
              ].join(" ")}
              action={
                <>
                  {filtered && <Button onClick={() => change(noFilter)}>{text("Clear filters")}</Button>}
                  {hidesUses(state) && (
                    <Button onClick={() => change({ uses: true })}>{text("Show token uses")}</Button>
                  )}
                </>
              }
            />
          </div>
        )}
      </div>
      <PageNav
        label={text("Pages of events")}
        previousCursor={previousCursor}
        nextCursor={nextCursor}
        onCursorChange={(next) => void setState({ cursor: next })}
      />
    </section>
  );
}
