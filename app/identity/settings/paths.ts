interface Named {
  id: string;
  name: string;
}

export const profilePath = "/identity/profile";

export const profileTabs = ["personal-tokens", "account"] as const;
export type ProfileTab = (typeof profileTabs)[number];

export const organizationTabs = ["members", "general"] as const;
export type OrganizationTab = (typeof organizationTabs)[number];

/** The deep link of a tenant's API tokens. */
export function tenantSettingsPath(organization: Named, tenant: Named): string {
  const query = new URLSearchParams({
    tenant: tenant.id,
    tenantName: tenant.name,
    orgId: organization.id,
    tab: "api-tokens",
  });
  return `/identity/settings/tenant?${query}`;
}

/** The deep link of an organization's settings. */
export function organizationSettingsPath(organization: { id: string }, tab: OrganizationTab): string {
  return `/identity/settings/organization?${new URLSearchParams({ orgId: organization.id, tab })}`;
}

/** The deep link of a part of one's own profile. */
export function profileTabPath(tab: ProfileTab): string {
  return `${profilePath}?${new URLSearchParams({ tab })}`;
}
