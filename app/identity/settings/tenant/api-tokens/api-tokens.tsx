import { cookies } from "next/headers";
import { createLoader } from "nuqs/server";
import { ApiTokensPanel } from "@/components/shell/lazy-panels";
import { NoPermission } from "@/components/shell/states";
import { ExpiringBanner, mostCountedExpiring } from "@/components/tokens/expiring-banner";
import { FoundTokenButton } from "@/components/tokens/found-token-button";
import { parseTableView, tableViewCookie } from "@/components/tokens/table-view";
import { tokenFilterOf, tokenTableParams } from "@/components/tokens/token-params";
import type { Grant } from "@/lib/access/decide";
import { parseOrganizationId, parseTenantId } from "@/lib/access/ids";
import { plans } from "@/lib/access/plans";
import type { Origin } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import { ask } from "@/lib/gates/authorize";
import { serviceUrl } from "@/lib/gates/service-url";
import { requestText } from "@/lib/text/server";
import { creatorName } from "@/lib/tokens/creators";
import { countExpiring, hasTokens, listTokens, type TokenListQuery } from "@/lib/tokens/queries";
import { tenantSettingsPath, tokenPath } from "../../paths";
import { section } from "../../section";
import type { TenantSectionProps } from "../tenant-section";
import { tokenIssuing } from "../token-issuing";
import {
  countTokensAction,
  createTokenAction,
  firstUseAction,
  listCreatorsAction,
  previewRevocationAction,
  purgeTokenAction,
  revokeTokensAction,
  rotateTokenAction,
  updateTokenAction,
} from "./actions";
import { identifyTokenAction, revokeFoundTokenAction } from "./found-token-actions";

const pageSize = 25;
const tableState = createLoader(tokenTableParams);
type TableState = Awaited<ReturnType<typeof tableState>>;

/** The tab: asks for the right to see, loads one page, and hands the browser what it shows and no more. */
export async function ApiTokens({ session, organization, tenant, searchParams }: TenantSectionProps) {
  const text = await requestText();
  const context = { organizationId: parseOrganizationId(organization.id), tenantId: parseTenantId(tenant.id) };
  const state = tableState(searchParams);
  const view = parseTableView((await cookies()).get(tableViewCookie)?.value);
  const expiringHref = `${tenantSettingsPath(organization, tenant)}&status=expiring`;
  const actionContext = { organizationId: organization.id, tenantId: tenant.id };
  return section({
    path: "/identity/settings/tenant",
    failure: {
      title: text("The API tokens could not be loaded"),
      text: text("The server failed to answer. The tokens themselves are not affected. Try again in a moment."),
    },
    load,
    show: (loaded) =>
      "denied" in loaded ? (
        <NoPermission scope="token:read" what="tokens" />
      ) : (
        <ApiTokensPanel
          context={{ organizationName: organization.name, tenantName: tenant.name }}
          {...loaded}
          now={new Date().toISOString()}
          initialView={view}
          sort={state.sort}
          order={state.order}
          origin={serviceUrl()}
          detailsHref={tokenPath(organization, tenant, ":id")}
          create={createTokenAction.bind(null, actionContext)}
          rotate={rotateTokenAction.bind(null, actionContext)}
          update={updateTokenAction.bind(null, actionContext)}
          purge={purgeTokenAction.bind(null, actionContext)}
          checkFirstUse={firstUseAction.bind(null, actionContext)}
          loadCreators={listCreatorsAction.bind(null, actionContext)}
          count={countTokensAction.bind(null, actionContext)}
          preview={previewRevocationAction.bind(null, actionContext)}
          revoke={revokeTokensAction.bind(null, actionContext)}
          foundToken={<FoundTokenButton identify={identifyTokenAction} revoke={revokeFoundTokenAction} />}
        />
      ),
  });

  async function load(origin: Origin) {
    const [read, write] = await Promise.all([
      ask(session, "token:read", context, origin),
      ask(session, "token:write", context, origin),
    ]);
    if (!read.allowed) return { denied: true } as const;
    const [page, expiring, anyTokens, creator, { choices, ...rights }] = await Promise.all([
      pageOf(read.grant, state),
      countExpiring(read.grant, mostCountedExpiring + 1),
      hasTokens(read.grant),
      state.createdBy === null ? null : creatorName(read.grant, state.createdBy),
      tokenIssuing(read.grant, write, text),
    ]);
    const plan = plans[read.grant.plan];
    return {
      tokens: page.items,
      nextCursor: page.nextCursor,
      previousCursor: page.previousCursor,
      anyTokens,
      creatorName: creator,
      banner: state.status === "expiring" ? null : <ExpiringBanner count={expiring} href={expiringHref} />,
      ...choices,
      ...rights,
      planNotice: plan.programmaticAccess
        ? null
        : text(
            "The {plan} plan doesn't include programmatic access: tokens can't be created, and calls with existing ones are refused. They are kept, can be revoked here, and work again once the organization is on a plan that includes it.",
            { plan: text.known(plan.label) },
          ),
    };
  }
}

/** One page of the table. A cursor that is stale or was tampered with leads to the first page, not to an error. */
async function pageOf(grant: Grant<"token:read">, state: TableState) {
  const query: TokenListQuery = {
    ...tokenFilterOf(state, Date.now()),
    sort: state.sort,
    order: state.order,
    limit: pageSize,
  };
  if (state.cursor === null) return listTokens(grant, query);
  try {
    return await listTokens(grant, { ...query, cursor: state.cursor });
  } catch (error) {
    if (error instanceof Problem && error.details.code === "invalid_request") return listTokens(grant, query);
    throw error;
  }
}
