"use client";

import { createColumnHelper } from "@tanstack/react-table";
import { clsx } from "clsx";
import { CircleCheck, SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useMemo, useRef, useTransition } from "react";
import { useText } from "#text";
import { BulkBar, type CountMatching } from "@/components/tokens/bulk-bar";
import type { PreviewRevocation } from "@/components/tokens/bulk-revoke-dialog";
import { LazyBulkRevokeDialog } from "@/components/tokens/lazy-bulk-revoke-dialog";
import type { RevokeTokens } from "@/components/tokens/revoke-form";
import type { TableView } from "@/components/tokens/table-view";
import { TokenCellContext, tokenColumns, type tokenTableFeatures } from "@/components/tokens/token-columns";
import type { LoadCreators } from "@/components/tokens/token-filter-menu";
import { SelectPageOfCards, TokenGrid } from "@/components/tokens/token-grid";
import { TokenToolbar } from "@/components/tokens/token-toolbar";
import { useTokenTable } from "@/components/tokens/use-token-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterSelect } from "@/components/ui/filter-select";
import { PageNav } from "@/components/ui/page-nav";
import { ProgressLine } from "@/components/ui/progress-line";
import { TextLink } from "@/components/ui/text-link";
import type { OrganizationTokenFilter, OrganizationTokenView, TokenCount } from "@/lib/tokens/organization-schema";
import type { TokenView } from "@/lib/tokens/schema";
import {
  noOrganizationTokenFilters,
  organizationTokenParams,
  serializeOrganizationTokenFilters,
} from "./tokens-params";
import { countWording } from "./tokens-wording";

interface TokensPanelProps {
  tokens: readonly (OrganizationTokenView & { href: string })[];
  nextCursor: string | null;
  previousCursor: string | null;
  /** The server's time of rendering, RFC 3339. */
  now: string;
  /** How this browser last showed such a table. */
  initialView: TableView;
  /** What is shown, as the API's filter at that time. */
  filter: OrganizationTokenFilter;
  /** The count whose tokens are shown; null when other filters narrow them, too. */
  shown: TokenCount | null;
  tenants: readonly { id: string; name: string }[];
  /** Where the policy of the chosen tenant is; null when none is chosen. */
  policyHref: string | null;
  /** Whose tokens the filter `createdBy` asks for; null when nobody of that id created any here. */
  creatorName: string | null;
  /** Why nothing can be revoked here; undefined when it can. */
  readOnlyReason: string | undefined;
  loadCreators: LoadCreators;
  countMatching: CountMatching;
  preview: PreviewRevocation;
  revoke: RevokeTokens;
}

const everyTenant = "every";
const withoutColumns = ["createdAt", "actions"];
const helper = createColumnHelper<typeof tokenTableFeatures, TokenView>();

/** The tokens that match, of all tenants or of one, to be revoked together. */
export function TokensPanel(props: TokensPanelProps) {
  const text = useText();
  const { tokens, now, filter, shown, tenants, nextCursor, previousCursor, readOnlyReason } = props;
  const canWrite = readOnlyReason === undefined;
  const wording = countWording(text);
  const region = useRef<HTMLElement>(null);
  const [loading, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(organizationTokenParams, {
    shallow: false,
    history: "push",
    startTransition,
  });
  const filterKey = serializeOrganizationTokenFilters(params);

  const byId = useMemo(() => new Map(tokens.map((token) => [token.id, token])), [tokens]);
  const cells = useMemo(
    () => ({ now, detailsHref: ({ id }: TokenView) => byId.get(id)?.href ?? "", rowMenu: () => null }),
    [now, byId],
  );
  const columns = useMemo(() => {
    const [select, name, ...others] = tokenColumns(text);
    const tenant = helper.display({
      id: "tenant",
      header: text("Tenant"),
      cell: ({ row }) => {
        const tenantName = byId.get(row.id)?.tenant.name;
        return (
          <span className="block truncate" title={tenantName}>
            {tenantName}
          </span>
        );
      },
      meta: { cardLabel: text("Tenant"), headerClass: "w-[14%]", cellClass: "@max-4xl:order-3" },
    });
    return helper.columns([select, name, tenant, ...others]);
  }, [byId, text]);
  const { table, view, setView, selection, bulk, openBulk, closeBulk } = useTokenTable({
    ...{ tokens, columns, filterKey, sort: params.sort, order: params.order, canWrite, initialView: props.initialView },
    without: withoutColumns,
    onSort: (sort, order) => void setParams({ sort, order, cursor: null }),
  });

  return (
    <section
      ref={region}
      tabIndex={-1}
      aria-label={text("Matching tokens")}
      aria-busy={loading}
      className="@container outline-hidden"
    >
      <h3 className="font-semibold">{shown === null ? text("Matching tokens") : wording[shown].label}</h3>
      <p className="mt-0.5 mb-3 text-muted">
        {shown === null ? text("Those that all of these filters let through.") : wording[shown].text}{" "}
        {shown === "violatesPolicy" && tokens.length > 0 && <ToPolicy href={props.policyHref} />}
      </p>
      <TokenToolbar
        filters={params}
        sort={params.sort}
        order={params.order}
        onChange={(change, options) =>
          void setParams({ ...change, ...("status" in change && { revokedDays: null }), cursor: null }, options)
        }
        creatorName={props.creatorName}
        loadCreators={props.loadCreators}
        view={view}
        onViewChange={setView}
        withoutColumn="createdAt"
      >
        <FilterSelect
          aria-label={text("Tenant")}
          prefix={text("Tenant")}
          options={[
            { value: everyTenant, label: text("All") },
            ...tenants.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={tenants.find(({ id }) => id === params.tenant)?.id ?? everyTenant}
          onValueChange={(tenant) => void setParams({ tenant: tenant === everyTenant ? null : tenant, cursor: null })}
          className="min-w-0 flex-1 max-sm:basis-full @xl:max-w-44"
        />
      </TokenToolbar>
      <p role="status" className="sr-only">
        {loading
          ? text("Loading tokens")
          : text("{count, plural, one {# token} other {# tokens}} shown", { count: tokens.length })}
      </p>
      <p role="status" className="sr-only">
        {selection.count > 0 &&
          text("{count, plural, one {# token} other {# tokens}} selected", { count: selection.count })}
      </p>
      {canWrite && tokens.length > 0 && <SelectPageOfCards table={table} />}
      <div className="relative overflow-hidden rounded-xl border bg-surface">
        {loading && <ProgressLine className="absolute inset-x-0 top-0 z-1" />}
        <div className={clsx("transition-opacity duration-150", loading && "opacity-60")}>
          {tokens.length > 0 ? (
            <TokenCellContext value={cells}>
              <TokenGrid table={table} density={view.density} isSelectable={canWrite} />
            </TokenCellContext>
          ) : (
            <NoTokens
              shown={params.q === "" ? shown : null}
              isOneTenant={params.tenant !== null}
              onEveryTenant={() => void setParams({ tenant: null, cursor: null })}
              onClear={() => void setParams(noOrganizationTokenFilters)}
            />
          )}
        </div>
      </div>
      {selection.count > 0 && (
        <BulkBar
          key={filterKey}
          count={selection.count}
          isMatching={selection.selected.kind === "matching"}
          isPageOfMore={table.getIsAllRowsSelected() && (nextCursor !== null || previousCursor !== null)}
          countMatching={props.countMatching}
          onSelectMatching={selection.selectMatching}
          onRevoke={() => openBulk(filter)}
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
      {readOnlyReason !== undefined && <p className="mt-3 text-muted">{readOnlyReason}</p>}
      <LazyBulkRevokeDialog
        open={bulk.open}
        target={bulk.target}
        preview={props.preview}
        revoke={props.revoke}
        onClose={closeBulk}
        // What opened it is gone when something was revoked.
        finalFocus={() => region.current}
      />
    </section>
  );
}

function ToPolicy({ href }: { href: string | null }) {
  const text = useText();
  if (href === null) return text("Choose a tenant to shorten its tokens to what its policy allows.");
  return <TextLink href={href}>{text("Shorten them to what the policy allows")}</TextLink>;
}

interface NoTokensProps {
  shown: TokenCount | null;
  isOneTenant: boolean;
  onEveryTenant: () => void;
  onClear: () => void;
}

/** Good news where a count is zero; otherwise filters that let nothing through. */
function NoTokens({ shown, isOneTenant, onEveryTenant, onClear }: NoTokensProps) {
  const text = useText();
  if (shown === null)
    return (
      <EmptyState
        icon={<SearchX />}
        title={text("No tokens match")}
        text={text("No token of the organization fits these filters.")}
        action={<Button onClick={onClear}>{text("Clear filters")}</Button>}
      />
    );
  const { none } = countWording(text)[shown];
  if (!isOneTenant)
    return <EmptyState icon={<CircleCheck />} title={none} text={text("In no tenant of the organization.")} />;
  return (
    <EmptyState
      icon={<CircleCheck />}
      title={none}
      text={text("In this tenant; another may have some.")}
      action={<Button onClick={onEveryTenant}>{text("Show all tenants")}</Button>}
    />
  );
}
