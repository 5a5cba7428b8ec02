import { redirect } from "next/navigation";
import { requireSession } from "@/lib/gates/page";
import { listOrganizations } from "@/lib/organizations";
import { tenantSettingsPath } from "./identity/settings/paths";

/** Leads to the API tokens of the first tenant the user can see. */
export default async function HomePage() {
  const session = await requireSession("/");
  const organizations = await listOrganizations(session);
  const organization = organizations.find(({ tenants }) => tenants.length > 0);
  const tenant = organization?.tenants[0];
  redirect(organization && tenant ? tenantSettingsPath(organization, tenant) : "/identity/settings/tenant");
}
