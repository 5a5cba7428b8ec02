import { cookies } from "next/headers";
import { createLoader } from "nuqs/server";
import { TokensByTenant } from "@/components/organization/tokens-by-tenant";
import { TokensCards } from "@/components/organization/tokens-cards";
import {
  countShown,
  filtersOfCount,
  organizationTokenFilterOf,
  organizationTokenParams,
  serializeOrganizationTokens,
} from "@/components/organization/tokens-params";
import { NoOrganizationTokens, TokensHeading } from "@/components/organization/tokens-states";
import { OrganizationTokensPanel } from "@/components/shell/lazy-panels";
import { NoOrganizationPermission } from "@/components/shell/states";
import { parseTableView, tableViewCookie } from "@/components/tokens/table-view";
import type { OrganizationGrant } from "@/lib/access/decide";
import { parseOrganizationId } from "@/lib/access/ids";
import type { Origin } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import { askInOrganization } from "@/lib/gates/authorize";
import { requestText } from "@/lib/text/server";
import { creatorName } from "@/lib/tokens/creators";
import type { TokenCount } from "@/lib/tokens/organization-schema";
import {
  hasOrganizationTokens,
  listOrganizationTokens,
  type OrganizationTokenListQuery,
} from "@/lib/tokens/organization-tokens";
import { rollUpTokens } from "@/lib/tokens/roll-up";
import { organizationSettingsPath, tenantSettingsPath, tokenPath } from "../../paths";
import { section } from "../../section";
import type { OrganizationSectionProps } from "../organization-section";
import { countTokensAction, listCreatorsAction, previewRevocationAction, revokeTokensAction } from "./actions";

const pageSize = 25;
const pageState = createLoader(organizationTokenParams);

/** The tab: counts and lists the tokens of all tenants, for those whose role in the whole organization allows it. */
export async function OrganizationTokens({ session, organizationId, searchParams }: OrganizationSectionProps) {
  const text = await requestText();
  const organization = { id: organizationId };
  const state = pageState(searchParams);
  const now = new Date();
  const view = parseTableView((await cookies()).get(tableViewCookie)?.value);
  const filter = organizationTokenFilterOf(state, now.getTime());
  const address = (changes: Parameters<typeof serializeOrganizationTokens>[1]) =>
    serializeOrganizationTokens(organizationSettingsPath(organization, "tokens"), {
      ...{ sort: state.sort, order: state.order, tenants: state.tenants },
      ...changes,
    });
  const hrefOf = (tenant: string | null, count: TokenCount) => address({ tenant, ...filtersOfCount[count] });
  return section({
    path: "/identity/settings/organization",
    failure: {
      title: text("The tokens could not be loaded"),
      text: text("The server failed to answer. The tokens themselves are not affected. Try again in a moment."),
    },
    load,
    show: (loaded) => {
      if ("denied" in loaded) return <NoOrganizationPermission scope="token:read" what="tokens" />;
      const { rollUp, page } = loaded;
      const tenants = rollUp.tenants.map(({ id, name }) => ({
        id,
        name,
        href: tenantSettingsPath(organization, { id, name }),
      }));
      if (!loaded.anyTokens) return <NoOrganizationTokens tenants={tenants} />;
      const chosen = rollUp.tenants.find(({ id }) => id === state.tenant);
      const shown = countShown(state);
      return (
        <div className="@container grid gap-5">
          <TokensHeading complete={rollUp.complete} />
          <TokensCards
            counts={chosen?.counts ?? rollUp.total}
            complete={rollUp.complete}
            current={shown}
            hrefOf={(count) => hrefOf(state.tenant, count)}
          />
          {rollUp.tenants.length > 1 && (
            <TokensByTenant
              tenants={rollUp.tenants}
              complete={rollUp.complete}
              currentTenantId={state.tenant}
              currentCount={shown}
              isWhole={state.tenants === "all"}
              wholeHref={serializeOrganizationTokens(organizationSettingsPath(organization, "tokens"), {
                ...state,
                tenants: "all",
              })}
              hrefOf={hrefOf}
            />
          )}
          <OrganizationTokensPanel
            tokens={page.items.map((token) => ({ ...token, href: tokenPath(organization, token.tenant, token.id) }))}
            nextCursor={page.nextCursor}
            previousCursor={page.previousCursor}
            now={now.toISOString()}
            initialView={view}
            filter={filter}
            shown={shown}
            tenants={tenants}
            policyHref={chosen ? tenantSettingsPath(organization, chosen, "policy") : null}
            creatorName={loaded.creatorName}
            readOnlyReason={loaded.readOnlyReason}
            loadCreators={listCreatorsAction.bind(null, organizationId)}
            countMatching={countTokensAction.bind(null, organizationId, filter)}
            preview={previewRevocationAction.bind(null, organizationId)}
            revoke={revokeTokensAction.bind(null, organizationId)}
          />
        </div>
      );
    },
  });

  async function load(origin: Origin) {
    const context = { organizationId: parseOrganizationId(organizationId), tenantId: null };
    const [read, write] = await Promise.all([
      askInOrganization(session, "token:read", context, origin),
      askInOrganization(session, "token:write", context, origin),
    ]);
    if (!read.allowed) return { denied: true } as const;
    const { sort, order, cursor, createdBy } = state;
    const [rollUp, page, anyTokens, creator] = await Promise.all([
      rollUpTokens(read.grant, now),
      pageOf(read.grant, { ...filter, sort, order, limit: pageSize }, cursor),
      hasOrganizationTokens(read.grant),
      createdBy === null ? null : creatorName(read.grant, createdBy),
    ]);
    return {
      rollUp,
      page,
      anyTokens,
      creatorName: creator,
      readOnlyReason: write.allowed
        ? undefined
        : text("Your role in the organization doesn't include token:write. Ask an owner or admin."),
    };
  }
}

/** One page of the table. A cursor that is stale or was tampered with leads to the first page, not to an error. */
async function pageOf(
  grant: OrganizationGrant<"token:read">,
  query: OrganizationTokenListQuery,
  cursor: string | null,
) {
  if (cursor === null) return listOrganizationTokens(grant, query);
  try {
    return await listOrganizationTokens(grant, { ...query, cursor });
  } catch (error) {
    if (error instanceof Problem && error.details.code === "invalid_request")
      return listOrganizationTokens(grant, query);
    throw error;
  }
}
