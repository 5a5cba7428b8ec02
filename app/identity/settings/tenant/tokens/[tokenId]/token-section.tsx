import { serializeAuditParams } from "@/components/audit/audit-params";
import { NoPermission } from "@/components/shell/states";
import { TokenDetails } from "@/components/tokens/details/token-details";
import { TokenNotFound } from "@/components/tokens/details/token-details-states";
import type { Grant } from "@/lib/access/decide";
import { isUuid, parseOrganizationId, parseTenantId } from "@/lib/access/ids";
import type { Origin } from "@/lib/access/principal";
import { listAuditEvents } from "@/lib/audit/queries";
import { Problem } from "@/lib/errors";
import { ask } from "@/lib/gates/authorize";
import { serviceUrl } from "@/lib/gates/service-url";
import { nameLimits } from "@/lib/resources/limit-choices";
import { requestText } from "@/lib/text/server";
import { getToken } from "@/lib/tokens/queries";
import type { TokenView } from "@/lib/tokens/schema";
import { tokenUsage } from "@/lib/tokens/usage";
import { tenantSettingsPath, tokenPath } from "../../../paths";
import { section } from "../../../section";
import {
  createTokenAction,
  firstUseAction,
  purgeTokenAction,
  revokeTokensAction,
  rotateTokenAction,
  updateTokenAction,
} from "../../api-tokens/actions";
import type { TenantSectionProps } from "../../tenant-section";
import { tokenIssuing } from "../../token-issuing";
import { TokenShell } from "./token-shell";

const usageDays = 90;
const historyLimit = 25;

interface TokenSectionProps extends Omit<TenantSectionProps, "searchParams"> {
  tokenId: string;
}

/** The details: asks for the right to see, loads the token and what belongs to it, within the shell that names it. */
export async function TokenSection({ session, organization, tenant, tokenId }: TokenSectionProps) {
  const text = await requestText();
  const context = { organizationId: parseOrganizationId(organization.id), tenantId: parseTenantId(tenant.id) };
  const actionContext = { organizationId: organization.id, tenantId: tenant.id };
  const listHref = tenantSettingsPath(organization, tenant);
  const hrefOf = (id: string) => tokenPath(organization, tenant, id);
  let name = text("API token");
  const content = await section({
    path: "/identity/settings/tenant/tokens",
    failure: {
      title: text("The token could not be loaded"),
      text: text("The server failed to answer. The token itself is not affected. Try again in a moment."),
    },
    load,
    show: (loaded) =>
      "denied" in loaded ? (
        <NoPermission scope="token:read" what="tokens" />
      ) : "missing" in loaded ? (
        <TokenNotFound listHref={listHref} />
      ) : (
        <TokenDetails
          // Another token's page starts anew, dialogs and all.
          key={loaded.token.id}
          {...loaded}
          actions={{
            create: createTokenAction.bind(null, actionContext),
            rotate: rotateTokenAction.bind(null, actionContext),
            revoke: revokeTokensAction.bind(null, actionContext),
            update: updateTokenAction.bind(null, actionContext),
            purge: purgeTokenAction.bind(null, actionContext),
            checkFirstUse: firstUseAction.bind(null, actionContext),
          }}
          listHref={listHref}
          origin={serviceUrl()}
          now={new Date().toISOString()}
        />
      ),
  });
  return (
    <TokenShell organization={organization} tenant={tenant} name={name}>
      {content}
    </TokenShell>
  );

  async function load(origin: Origin) {
    const [read, write, audit] = await Promise.all([
      ask(session, "token:read", context, origin),
      ask(session, "token:write", context, origin),
      ask(session, "audit:read", context, origin),
    ]);
    if (!read.allowed) return { denied: true } as const;
    const token = await tokenIfAny(read.grant, tokenId);
    if (!token) return { missing: true } as const;
    name = token.name;
    const [usage, limitNames, predecessor, successor, events, { choices, ...rights }] = await Promise.all([
      tokenUsage(read.grant, token.id, usageDays),
      nameLimits(read.grant, token.resources),
      tokenIfAny(read.grant, token.rotatedFromId),
      tokenIfAny(read.grant, token.replacedById),
      audit.allowed
        ? listAuditEvents(audit.grant, { target: token.id, uses: "exclude", limit: historyLimit })
        : { items: null },
      tokenIssuing(read.grant, write, text),
    ]);
    const linked = (other: TokenView | null) => other && { token: other, href: hrefOf(other.id) };
    return {
      token,
      usage,
      limitNames,
      predecessor: linked(predecessor),
      successor: linked(successor),
      history: {
        events: events.items,
        known: Object.fromEntries([
          [tenant.id, { name: tenant.name }],
          ...[token, predecessor, successor].flatMap((other) => (other ? [[other.id, { name: other.name }]] : [])),
        ]),
        auditHref: serializeAuditParams(tenantSettingsPath(organization, tenant, "audit"), {
          target: token.id,
          uses: true,
        }),
      },
      rights,
      creation: {
        context: { organizationName: organization.name, tenantName: tenant.name },
        ...choices,
        // What this token is limited to can be chosen again, however many others there are.
        datasets: merged(choices.datasets, limitNames.datasets),
        pipelines: merged(choices.pipelines, limitNames.pipelines),
      },
    };
  }
}

async function tokenIfAny(grant: Grant<"token:read">, id: string | null): Promise<TokenView | null> {
  if (id === null || !isUuid(id)) return null;
  try {
    return await getToken(grant, id);
  } catch (error) {
    if (error instanceof Problem && error.details.code === "not_found") return null;
    throw error;
  }
}

function merged<T extends { id: string }>(choices: readonly T[], limits: readonly T[]): T[] {
  return [...choices, ...limits.filter(({ id }) => !choices.some((choice) => choice.id === id))];
}
