import { GeneralForm } from "@/components/organization/general-form";
import { NoOrganizationPermission } from "@/components/shell/states";
import { parseOrganizationId } from "@/lib/access/ids";
import type { Origin } from "@/lib/access/principal";
import { askInOrganization } from "@/lib/gates/authorize";
import { getOrganization } from "@/lib/organizations";
import { ssoSettings } from "@/lib/sso/settings";
import { requestText } from "@/lib/text/server";
import { section } from "../section";
import { renameOrganizationAction, setSsoRequiredAction } from "./actions";
import type { OrganizationSectionProps } from "./organization-section";

/** The tab: the organization's own settings, to be changed by its owners. */
export async function General({ session, organizationId }: OrganizationSectionProps) {
  const text = await requestText();
  return section({
    path: "/identity/settings/organization",
    failure: {
      title: text("The organization could not be loaded"),
      text: text("The server failed to answer. Nothing was changed. Try again in a moment."),
    },
    load,
    show: (loaded) =>
      "denied" in loaded ? (
        <NoOrganizationPermission scope="organization:read" what="organization" />
      ) : (
        <GeneralForm
          organization={loaded.organization}
          readOnlyReason={loaded.readOnlyReason}
          sso={
            ssoSettings() !== null || loaded.organization.ssoRequired
              ? {
                  readOnlyReason: loaded.ssoReadOnlyReason,
                  setSsoRequired: setSsoRequiredAction.bind(null, organizationId),
                }
              : null
          }
          rename={renameOrganizationAction.bind(null, organizationId)}
        />
      ),
  });

  async function load(origin: Origin) {
    const context = { organizationId: parseOrganizationId(organizationId), tenantId: null };
    const [read, write] = await Promise.all([
      askInOrganization(session, "organization:read", context, origin),
      askInOrganization(session, "organization:write", context, origin),
    ]);
    if (!read.allowed) return { denied: true } as const;
    return {
      organization: await getOrganization(read.grant),
      readOnlyReason: write.allowed
        ? undefined
        : text("Your role doesn't include organization:write. Ask an owner to rename it."),
      ssoReadOnlyReason: write.allowed
        ? undefined
        : text("Your role doesn't include organization:write. Ask an owner to change it."),
    };
  }
}
