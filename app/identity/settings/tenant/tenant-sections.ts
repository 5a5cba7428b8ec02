import { message } from "@/lib/text/message";
import type { Text } from "@/lib/text/text";
import { type TenantTab, tenantSettingsPath, tenantTabs } from "../paths";

/** What the sections of a tenant's settings are called. */
export const tenantSectionLabels: Readonly<Record<TenantTab, string>> = {
  general: message("General"),
  "api-tokens": message("API tokens"),
  policy: message("Policy"),
  webhooks: message("Webhooks"),
  audit: message("Audit log"),
};

/** The links to the sections of a tenant's settings, for every page within one of them. */
export function tenantSections(
  organization: Parameters<typeof tenantSettingsPath>[0],
  tenant: Parameters<typeof tenantSettingsPath>[1],
  current: TenantTab,
  text: Text,
) {
  return tenantTabs.map((tab) => ({
    label: text.known(tenantSectionLabels[tab]),
    href: tenantSettingsPath(organization, tenant, tab),
    current: tab === current,
  }));
}
