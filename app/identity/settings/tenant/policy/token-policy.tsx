import { PolicyPanel } from "@/components/policy/policy-panel";
import { NoPermission } from "@/components/shell/states";
import { parseOrganizationId, parseTenantId } from "@/lib/access/ids";
import type { Origin } from "@/lib/access/principal";
import { ask } from "@/lib/gates/authorize";
import { getPolicy } from "@/lib/policy/policy";
import { listViolators } from "@/lib/policy/violators";
import { requestText } from "@/lib/text/server";
import { tenantSettingsPath, tokenPath } from "../../paths";
import { section } from "../../section";
import { previewRevocationAction, revokeTokensAction } from "../api-tokens/actions";
import type { TenantSectionProps } from "../tenant-section";
import { previewPolicyAction, shortenTokensAction, updatePolicyAction } from "./actions";

/** The tab: the tenant's token policy, and the tokens that do not fit it. */
export async function TokenPolicy({ session, organization, tenant }: TenantSectionProps) {
  const text = await requestText();
  const actionContext = { organizationId: organization.id, tenantId: tenant.id };
  return section({
    path: "/identity/settings/tenant",
    failure: {
      title: text("The policy could not be loaded"),
      text: text("The server failed to answer. Nothing was changed. Try again in a moment."),
    },
    load,
    show: (loaded) =>
      "denied" in loaded ? (
        <NoPermission scope="tenant:read" what="policy" />
      ) : (
        <PolicyPanel
          tenantName={tenant.name}
          policy={loaded.policy}
          readOnlyReason={loaded.readOnlyReason}
          save={updatePolicyAction.bind(null, actionContext)}
          preview={loaded.violators && previewPolicyAction.bind(null, actionContext)}
          list={
            loaded.violators && {
              violators: loaded.violators,
              now: new Date().toISOString(),
              canWrite: loaded.canWriteTokens,
              detailsHref: tokenPath(organization, tenant, ":id"),
              allHref: `${tenantSettingsPath(organization, tenant)}&violatesPolicy=true`,
              previewRevocation: previewRevocationAction.bind(null, actionContext),
              revoke: revokeTokensAction.bind(null, actionContext),
              shorten: shortenTokensAction.bind(null, actionContext),
            }
          }
        />
      ),
  });

  async function load(origin: Origin) {
    const context = { organizationId: parseOrganizationId(organization.id), tenantId: parseTenantId(tenant.id) };
    const [read, write, readTokens, writeTokens] = await Promise.all([
      ask(session, "tenant:read", context, origin),
      ask(session, "tenant:write", context, origin),
      ask(session, "token:read", context, origin),
      ask(session, "token:write", context, origin),
    ]);
    if (!read.allowed) return { denied: true } as const;
    const [policy, violators] = await Promise.all([
      getPolicy(read.grant),
      readTokens.allowed ? listViolators(readTokens.grant) : null,
    ]);
    return {
      policy,
      violators,
      readOnlyReason: write.allowed
        ? undefined
        : text("Your role here doesn't include tenant:write. Ask an admin of this tenant to change the policy."),
      canWriteTokens: writeTokens.allowed
        ? ({ allowed: true } as const)
        : ({
            allowed: false,
            reason: text("Your role here doesn't include token:write. Ask an admin of this tenant."),
          } as const),
    };
  }
}
