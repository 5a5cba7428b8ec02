import { GeneralForm } from "@/components/organization/general-form";
import { NoOrganizationPermission } from "@/components/organization/organization-states";
import { parseOrganizationId } from "@/lib/access/ids";
import type { SessionPrincipal } from "@/lib/access/principal";
import { askInOrganization } from "@/lib/gates/authorize";
import { currentOrigin } from "@/lib/gates/page";
import { problemOf } from "@/lib/gates/problem-response";
import { getOrganization } from "@/lib/organizations";
import { LoadFailure } from "../load-failure";
import { renameOrganizationAction } from "./actions";

/** The tab: the organization's own settings, to be changed by its owners. */
export async function General({ session, organizationId }: { session: SessionPrincipal; organizationId: string }) {
  const origin = await currentOrigin("GET", "/identity/settings/organization");
  const loaded = await load().catch((error: unknown) => {
    problemOf(error, origin);
    return null;
  });
  if (loaded === null)
    return (
      <LoadFailure
        title="The organization could not be loaded"
        text="The server failed to answer. Nothing was changed. Try again in a moment."
        correlationId={origin.correlationId}
      />
    );
  if ("denied" in loaded) return <NoOrganizationPermission scope="organization:read" what="the organization" />;
  return (
    <GeneralForm
      key={loaded.organization.name}
      organization={loaded.organization}
      readOnlyReason={loaded.readOnlyReason}
      rename={renameOrganizationAction.bind(null, organizationId)}
    />
  );

  async function load() {
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
        : "Your role doesn't include organization:write. Ask an owner to rename it.",
    };
  }
}
