"use client";

import { clsx } from "clsx";
import { KeyRound, SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { type ReactNode, useMemo, useRef, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageNav } from "@/components/ui/page-nav";
import { ProgressLine } from "@/components/ui/progress-line";
import type { Outcome } from "@/components/ui/use-submission";
import type { TokenFilter, TokenView } from "@/lib/tokens/schema";
import type { TokenSort } from "@/lib/tokens/vocabulary";
import { BulkBar } from "./bulk-bar";
import type { PreviewRevocation } from "./bulk-revoke-dialog";
import type { TokenRights } from "./details/token-actions";
import { LazyBulkRevokeDialog } from "./lazy-bulk-revoke-dialog";
import { reasonAgainst } from "./permission";
import type { RevokeTokens } from "./revoke-form";
import type { TableView } from "./table-view";
import { tokenColumns } from "./token-columns";
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
import { statusLabel, TokenToolbar } from "./token-toolbar";
import { useTokenTable } from "./use-token-table";
import { counted } from "./wording";

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
  const region = useRef<HTMLElement>(null);
  const [loading, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(tokenTableParams, { shallow: false, history: "push", startTransition });
  const filterKey = serializeTokenFilters(params);
  const columns = useMemo(() => {
    const hrefOf = (token: TokenView) => detailsHref.replace(":id", token.id);
    return tokenColumns({
      now,
      detailsHref: hrefOf,
      rowMenu: (token) => (
        <TokenRowMenu
          token={token}
          detailsHref={hrefOf(token)}
          rights={{ canCreate, canWrite }}
          onIntent={onIntent}
          onApproach={onApproach}
        />
      ),
    });
  }, [now, detailsHref, canCreate, canWrite, onIntent, onApproach]);
  const { table, view, setView, selection, bulk, openBulk, closeBulk } = useTokenTable({
    ...{ tokens, columns, filterKey, sort, order, canWrite: canWrite.allowed, initialView: props.initialView },
    onSort: (nextSort, nextOrder) => void setParams({ sort: nextSort, order: nextOrder, cursor: null }),
  });

  if (!anyTokens) {
    return (
      <section aria-label="API tokens" className="rounded-xl border bg-surface">
        <EmptyState
          icon={<KeyRound />}
          title="No API tokens yet"
          text="A token lets a program, such as a collector, a CI job or a script, call the API for this tenant without a person signing in."
          action={
            <Button
              variant="primary"
              onClick={onCreate}
              onPointerEnter={onApproach}
              onFocus={onApproach}
              disabledReason={reasonAgainst(canCreate)}
            >
              Create token
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
      aria-label="API tokens"
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
        {loading ? "Loading tokens" : `${counted(tokens.length, "token")} shown`}
      </p>
      <p role="status" className="sr-only">
        {selection.count > 0 && `${counted(selection.count, "token")} selected`}
      </p>
      {canWrite.allowed && tokens.length > 0 && <SelectPageOfCards table={table} />}
      <div className="relative overflow-hidden rounded-xl border bg-surface">
        {loading && <ProgressLine className="absolute inset-x-0 top-0 z-1" />}
        <div className={clsx("transition-opacity duration-150", loading && "opacity-60")}>
          {tokens.length === 0 ? (
            <NoMatch filters={params} onChange={(change) => void setParams({ ...change, cursor: null })} />
          ) : (
            <TokenGrid table={table} density={view.density} isSelectable={canWrite.allowed} />
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
        label="Pages of tokens"
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
  if (serializeTokenFilters(filters) === "")
    return (
      <EmptyState
        icon={<SearchX />}
        title="No working tokens"
        text="Every token of this tenant has expired or been revoked."
        action={<Button onClick={() => onChange({ status: "all" })}>Show all tokens</Button>}
      />
    );
  return (
    <EmptyState
      icon={<SearchX />}
      title="No tokens match"
      text={noMatchText(filters)}
      action={<Button onClick={() => onChange(noTokenFilters)}>Clear filters</Button>}
    />
  );
}

function noMatchText({ q, status, ...others }: TokenFilterState): ReactNode {
  const kind = status === "all" ? "token" : `${statusLabel(status).toLowerCase()} token`;
  const named = q === "" ? "" : ` has “${q}” in its name or hint`;
  if (Object.values(others).some((filter) => filter !== null))
    return `No ${kind}${named === "" ? " fits these filters" : `${named} and fits these filters`}.`;
  return named === "" ? `This tenant has no ${kind}.` : `No ${kind}${named}.`;
}
