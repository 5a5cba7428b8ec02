import { createLoader } from "nuqs/server";
import { ApiTokensPanel } from "@/components/tokens/api-tokens-panel";
import type { Permission } from "@/components/tokens/permission";
import { tokenTableParams } from "@/components/tokens/token-params";
import { NoPermission } from "@/components/tokens/token-states";
import type { Grant } from "@/lib/access/decide";
import { parseOrganizationId, parseTenantId } from "@/lib/access/ids";
import { describePermissions } from "@/lib/access/permissions";
import { plans } from "@/lib/access/plans";
import type { Origin } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import { ask } from "@/lib/gates/authorize";
import { serviceUrl } from "@/lib/gates/service-url";
import { listLimitChoices } from "@/lib/resources/limit-choices";
import { hasTokens, listTokens, type TokenListQuery } from "@/lib/tokens/queries";
import { tokenStatuses } from "@/lib/tokens/schema";
import { section } from "../../section";
import type { TenantSectionProps } from "../tenant-section";
import { createTokenAction, revokeTokensAction, rotateTokenAction } from "./actions";

const pageSize = 25;
const tableState = createLoader(tokenTableParams);
type TableState = Awaited<ReturnType<typeof tableState>>;

/** The tab: asks for the right to see, loads one page, and hands the browser what it shows and no more. */
export async function ApiTokens({ session, organization, tenant, searchParams }: TenantSectionProps) {
  const context = { organizationId: parseOrganizationId(organization.id), tenantId: parseTenantId(tenant.id) };
  const state = tableState(searchParams);
  const actionContext = { organizationId: organization.id, tenantId: tenant.id };
  return section({
    path: "/identity/settings/tenant",
    failure: {
      title: "The API tokens could not be loaded",
      text: "The server failed to answer. The tokens themselves are not affected. Try again in a moment.",
    },
    load,
    show: (loaded) =>
      "denied" in loaded ? (
        <NoPermission scope="token:read" what="API tokens" />
      ) : (
        <ApiTokensPanel
          context={{ organizationName: organization.name, tenantName: tenant.name }}
          {...loaded}
          now={new Date().toISOString()}
          sort={state.sort}
          order={state.order}
          origin={serviceUrl()}
          create={createTokenAction.bind(null, actionContext)}
          revoke={revokeTokensAction.bind(null, actionContext)}
          rotate={rotateTokenAction.bind(null, actionContext)}
        />
      ),
  });

  async function load(origin: Origin) {
    const [read, write] = await Promise.all([
      ask(session, "token:read", context, origin),
      ask(session, "token:write", context, origin),
    ]);
    if (!read.allowed) return { denied: true } as const;
    const [page, anyTokens, choices] = await Promise.all([
      pageOf(read.grant, state),
      hasTokens(read.grant),
      write.allowed ? listLimitChoices(write.grant) : { datasets: [], pipelines: [] },
    ]);
    const plan = plans[read.grant.plan];
    const canWrite: Permission = write.allowed
      ? { allowed: true }
      : { allowed: false, reason: "Your role here doesn't include token:write. Ask an admin of this tenant." };
    return {
      tokens: page.items,
      nextCursor: page.nextCursor,
      previousCursor: page.previousCursor,
      anyTokens,
      ...choices,
      ...describePermissions(read.grant.heldScopes),
      canWrite,
      canCreate:
        plan.programmaticAccess || !canWrite.allowed
          ? canWrite
          : ({ allowed: false, reason: `The ${plan.label} plan doesn't include programmatic access.` } as const),
      planNotice: plan.programmaticAccess
        ? null
        : `The ${plan.label} plan doesn't include programmatic access: tokens can't be created, and calls with existing ones are refused. They are kept, can be revoked here, and work again once the organization is on a plan that includes it.`,
    };
  }
}

/** One page of the table. A cursor that is stale or was tampered with leads to the first page, not to an error. */
async function pageOf(grant: Grant<"token:read">, state: TableState) {
  const query: TokenListQuery = {
    q: state.q,
    status: statusesOf(state.status),
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

function statusesOf(filter: TableState["status"]): TokenListQuery["status"] {
  if (filter === "working") return undefined;
  return filter === "all" ? [...tokenStatuses] : [filter];
}
