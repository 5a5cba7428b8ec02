"use client";

import { clsx } from "clsx";
import { KeyRound, SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useMemo, useRef, useTransition } from "react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageNav } from "@/components/ui/page-nav";
import { ProgressLine } from "@/components/ui/progress-line";
import type { Outcome } from "@/components/ui/use-submission";
import type { Text } from "@/lib/text/text";
import type { TokenFilter, TokenView } from "@/lib/tokens/schema";
import type { TokenSort } from "@/lib/tokens/vocabulary";
import { BulkBar } from "./bulk-bar";
import type { PreviewRevocation } from "./bulk-revoke-dialog";
import type { TokenRights } from "./details/token-actions";
import { LazyBulkRevokeDialog } from "./lazy-bulk-revoke-dialog";
import { reasonAgainst } from "./permission";
import type { RevokeTokens } from "./revoke-form";
import type { TableView } from "./table-view";
import { TokenCellContext, tokenColumns } from "./token-columns";
import type { LoadCreators } from "./token-filter-menu";
import { SelectPageOfCards, TokenGrid } from "./token-grid";
import {
  noTokenFilters,
  type SortOrder,
  serializeTokenFilters,
  type TokenFilterState,
  tokenFilterOf,
  tokenTableParams,
} from "./token-params";
import { type TokenIntent, TokenRowMenu } from "./token-row-menu";
import { TokenToolbar } from "./token-toolbar";
import { useTokenTable } from "./use-token-table";

/** What the page gives the table. */
export interface TokenTableProps extends TokenRights {
  tokens: readonly TokenView[];
  /** The server's time of rendering, RFC 3339. */
  now: string;
  /** How this browser last showed the table. */
  initialView: TableView;
  /** How the rows are sorted. */
  sort: TokenSort;
  order: SortOrder;
  nextCursor: string | null;
  previousCursor: string | null;
  /** Whether the tenant has any token at all, whatever its status: tells "none yet" from "none match". */
  anyTokens: boolean;
  /** The name of whom the filter `createdBy` names; null when it names none or nobody. */
  creatorName: string | null;
  /** Where a token's details are, with `:id` in the place of its id. */
  detailsHref: string;
  loadCreators: LoadCreators;
  count: (filter: TokenFilter) => Promise<Outcome<{ count: number }>>;
  preview: PreviewRevocation;
  revoke: RevokeTokens;
}

interface Events {
  onCreate: () => void;
  onIntent: (intent: TokenIntent, token: TokenView) => void;
  /** What an intent opens may be wanted soon. */
  onApproach: () => void;
}

export function TokenTable(props: TokenTableProps & Events) {
  const { tokens, now, sort, order, nextCursor, previousCursor, anyTokens, canCreate, canWrite } = props;
  const { creatorName, detailsHref, loadCreators, count, preview, revoke, onCreate, onIntent, onApproach } = props;
  const text = useText();
  const region = useRef<HTMLElement>(null);
  const [loading, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(tokenTableParams, { shallow: false, history: "push", startTransition });
  const filterKey = serializeTokenFilters(params);
  const columns = useMemo(() => tokenColumns(text), [text]);
  const cells = useMemo(() => {
    const hrefOf = (token: TokenView) => detailsHref.replace(":id", token.id);
    return {
      now,
      detailsHref: hrefOf,
      rowMenu: (token: TokenView) => (
        <TokenRowMenu
          token={token}
          detailsHref={hrefOf(token)}
          rights={{ canCreate, canWrite }}
          onIntent={onIntent}
          onApproach={onApproach}
        />
      ),
    };
  }, [now, detailsHref, canCreate, canWrite, onIntent, onApproach]);
  const { table, view, setView, selection, bulk, openBulk, closeBulk } = useTokenTable({
    ...{ tokens, columns, filterKey, sort, order, canWrite: canWrite.allowed, initialView: props.initialView },
    onSort: (nextSort, nextOrder) => void setParams({ sort: nextSort, order: nextOrder, cursor: null }),
  });

  if (!anyTokens) {
    return (
      <section aria-label={text("API tokens")} className="rounded-xl border bg-surface">
        <EmptyState
          icon={<KeyRound />}
          title={text("No API tokens yet")}
          text={text(
            "A token lets a program, such as a collector, a CI job or a script, call the API for this tenant without a person signing in.",
          )}
          action={
            <Button
              variant="primary"
              onClick={onCreate}
              onPointerEnter={onApproach}
              onFocus={onApproach}
              disabledReason={reasonAgainst(canCreate)}
            >
              {text("Create token")}
            </Button>
          }
        />
      </section>
    );
  }

  return (
    <section
      ref={region}
      tabIndex={-1}
      aria-label={text("API tokens")}
      aria-busy={loading}
      className="@container outline-hidden"
    >
      <TokenToolbar
        filters={params}
        sort={sort}
        order={order}
        onChange={(change, options) => void setParams({ ...change, cursor: null }, options)}
        creatorName={creatorName}
        loadCreators={loadCreators}
        view={view}
        onViewChange={setView}
      />
      <p role="status" className="sr-only">
        {loading
          ? text("Loading tokens")
          : text("{count, plural, one {# token} other {# tokens}} shown", { count: tokens.length })}
      </p>
      <p role="status" className="sr-only">
        {selection.count > 0 &&
          text("{count, plural, one {# token} other {# tokens}} selected", { count: selection.count })}
      </p>
      {canWrite.allowed && tokens.length > 0 && <SelectPageOfCards table={table} />}
      <div className="relative overflow-hidden rounded-xl border bg-surface">
        {loading && <ProgressLine className="absolute inset-x-0 top-0 z-1" />}
        <div className={clsx("transition-opacity duration-150", loading && "opacity-60")}>
          {tokens.length === 0 ? (
            <NoMatch filters={params} onChange={(change) => void setParams({ ...change, cursor: null })} />
          ) : (
            <TokenCellContext value={cells}>
              <TokenGrid table={table} density={view.density} isSelectable={canWrite.allowed} />
            </TokenCellContext>
          )}
        </div>
      </div>
      {selection.count > 0 && (
        <BulkBar
          key={filterKey}
          count={selection.count}
          isMatching={selection.selected.kind === "matching"}
          isPageOfMore={table.getIsAllRowsSelected() && (nextCursor !== null || previousCursor !== null)}
          countMatching={() => count(tokenFilterOf(params, Date.parse(now)))}
          onSelectMatching={selection.selectMatching}
          onRevoke={() => openBulk(tokenFilterOf(params, Date.parse(now)))}
          onClear={() => {
            selection.clear();
            region.current?.focus();
          }}
        />
      )}
      <PageNav
        label={text("Pages of tokens")}
        previousCursor={previousCursor}
        nextCursor={nextCursor}
        onCursorChange={(cursor) => void setParams({ cursor })}
      />
      <LazyBulkRevokeDialog
        open={bulk.open}
        target={bulk.target}
        preview={preview}
        revoke={revoke}
        onClose={closeBulk}
        finalFocus={() => region.current}
      />
    </section>
  );
}

interface NoMatchProps {
  filters: TokenFilterState;
  onChange: (change: typeof noTokenFilters | Pick<TokenFilterState, "status">) => void;
}

function NoMatch({ filters, onChange }: NoMatchProps) {
  const text = useText();
  if (serializeTokenFilters(filters) === "")
    return (
      <EmptyState
        icon={<SearchX />}
        title={text("No working tokens")}
        text={text("Every token of this tenant has expired or been revoked.")}
        action={<Button onClick={() => onChange({ status: "all" })}>{text("Show all tokens")}</Button>}
      />
    );
  return (
    <EmptyState
      icon={<SearchX />}
      title={text("No tokens match")}
      text={noMatchText(filters, text)}
      action={<Button onClick={() => onChange(noTokenFilters)}>{text("Clear filters")}</Button>}
    />
  );
}

function noMatchText({ q, status, ...others }: TokenFilterState, text: Text): string {
  const isFiltered = Object.values(others).some((filter) => filter !== null);
  if (q === "")
    return isFiltered
      ? text(
          "No {status, select, working {working } active {active } expiring {expiring } superseded {superseded } expired {expired } revoked {revoked } other {}}token fits these filters.",
          { status },
        )
      : text(
          "This tenant has no {status, select, working {working } active {active } expiring {expiring } superseded {superseded } expired {expired } revoked {revoked } other {}}token.",
          { status },
        );
  return isFiltered
    ? text(
        "No {status, select, working {working } active {active } expiring {expiring } superseded {superseded } expired {expired } revoked {revoked } other {}}token has “{q}” in its name or hint and fits these filters.",
        { status, q },
      )
    : text(
        "No {status, select, working {working } active {active } expiring {expiring } superseded {superseded } expired {expired } revoked {revoked } other {}}token has “{q}” in its name or hint.",
        { status, q },
      );
}
