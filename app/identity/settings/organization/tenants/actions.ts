"use server";

import { refresh } from "next/cache";
import { runOrganizationAction } from "@/lib/gates/action";
import { createTenant } from "@/lib/tenants/organization-tenants";
import { nameTenantSchema } from "@/lib/tenants/schema";
import { atName } from "../../name-conflict";

/** Creates a tenant in the organization. */
export async function createTenantAction(organizationId: string, input: unknown) {
  const declaration = {
    scope: "organization:write",
    input: nameTenantSchema,
    path: "/identity/settings/organization",
    organizationId,
  } as const;
  const result = await runOrganizationAction(declaration, input, async (grant, named) => ({
    tenant: await createTenant(grant, named),
  }));
  if (result.ok) refresh();
  return atName(result);
}
