import { PlanPanel } from "@/components/organization/plan-panel";
import { NoOrganizationPermission } from "@/components/shell/states";
import { parseOrganizationId } from "@/lib/access/ids";
import type { Origin } from "@/lib/access/principal";
import { askInOrganization } from "@/lib/gates/authorize";
import { getOrganization } from "@/lib/organizations";
import { requestText } from "@/lib/text/server";
import { section } from "../../section";
import type { OrganizationSectionProps } from "../organization-section";

/** The tab: what the organization's plan includes. */
export async function Plan({ session, organizationId }: OrganizationSectionProps) {
  const text = await requestText();
  return section({
    path: "/identity/settings/organization",
    failure: {
      title: text("The plan could not be loaded"),
      text: text("The server failed to answer. Try again in a moment."),
    },
    load,
    show: (loaded) =>
      "denied" in loaded ? (
        <NoOrganizationPermission scope="organization:read" what="plan" />
      ) : (
        <PlanPanel plan={loaded.plan} />
      ),
  });

  async function load(origin: Origin) {
    const context = { organizationId: parseOrganizationId(organizationId), tenantId: null };
    const read = await askInOrganization(session, "organization:read", context, origin);
    if (!read.allowed) return { denied: true } as const;
    return { plan: (await getOrganization(read.grant)).plan };
  }
}
