import { type TenantTab, tenantSettingsPath, tenantTabs } from "../paths";

/** What the sections of a tenant's settings are called. */
export const tenantSectionLabels: Readonly<Record<TenantTab, string>> = {
  general: "General",
  "api-tokens": "API tokens",
  policy: "Policy",
  webhooks: "Webhooks",
  audit: "Audit log",
};

/** The links to the sections of a tenant's settings, for every page within one of them. */
export function tenantSections(
  organization: Parameters<typeof tenantSettingsPath>[0],
  tenant: Parameters<typeof tenantSettingsPath>[1],
  current: TenantTab,
) {
  return tenantTabs.map((tab) => ({
    label: tenantSectionLabels[tab],
    href: tenantSettingsPath(organization, tenant, tab),
    current: tab === current,
  }));
}
