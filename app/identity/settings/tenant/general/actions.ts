"use server";

import { refresh } from "next/cache";
import { type ActionContext, runAction } from "@/lib/gates/action";
import { nameTenantSchema } from "@/lib/tenants/schema";
import { renameTenant } from "@/lib/tenants/tenant";
import { atName } from "../../name-conflict";

/** Renames the tenant. */
export async function renameTenantAction(context: ActionContext, input: unknown) {
  const declaration = {
    scope: "tenant:write",
    input: nameTenantSchema,
    path: "/identity/settings/tenant",
    context,
  } as const;
  const result = await runAction(declaration, input, async (grant, change) => {
    await renameTenant(grant, change);
    return {};
  });
  if (result.ok) refresh();
  return atName(result);
}
