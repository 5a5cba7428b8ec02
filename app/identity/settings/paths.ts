interface Named {
  id: string;
  name: string;
}

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
