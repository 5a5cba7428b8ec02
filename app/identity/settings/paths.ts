import { message } from "@/lib/text/message";

interface Named {
  id: string;
  name: string;
}

export const profilePath = "/identity/profile";

export const profileTabs = ["personal-tokens", "sessions", "account"] as const;
export type ProfileTab = (typeof profileTabs)[number];

/** What the parts of a profile are called. */
export const profileTabLabels: Readonly<Record<ProfileTab, string>> = {
  "personal-tokens": message("Personal tokens"),
  sessions: message("Sessions"),
  account: message("Account"),
};

export const tenantTabs = ["general", "api-tokens", "policy", "webhooks", "audit"] as const;
export type TenantTab = (typeof tenantTabs)[number];

export const organizationTabs = ["members", "tenants", "tokens", "plan", "audit", "general"] as const;
export type OrganizationTab = (typeof organizationTabs)[number];

/** The deep link of a part of a tenant's settings. */
export function tenantSettingsPath(organization: { id: string }, tenant: Named, tab: TenantTab = "api-tokens"): string {
  const query = new URLSearchParams({
    tenant: tenant.id,
    tenantName: tenant.name,
    orgId: organization.id,
    tab,
  });
  return `/identity/settings/tenant?${query}`;
}

/** The deep link of one API token's details. */
export function tokenPath(organization: { id: string }, tenant: { id: string }, tokenId: string): string {
  return `/identity/settings/tenant/tokens/${tokenId}?${new URLSearchParams({ tenant: tenant.id, orgId: organization.id })}`;
}

/** The deep link of an organization's settings. */
export function organizationSettingsPath(organization: { id: string }, tab: OrganizationTab): string {
  return `/identity/settings/organization?${new URLSearchParams({ orgId: organization.id, tab })}`;
}

/** The deep link of a part of one's own profile. */
export function profileTabPath(tab: ProfileTab): string {
  return `${profilePath}?${new URLSearchParams({ tab })}`;
}
