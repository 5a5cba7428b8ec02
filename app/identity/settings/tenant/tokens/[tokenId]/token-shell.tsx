import type { ReactNode } from "react";
import { SettingsLayout } from "@/components/shell/settings-layout";
import { tenantSettingsPath } from "../../../paths";
import type { TenantSectionProps } from "../../tenant-section";
import { tenantSectionLabels, tenantSections } from "../../tenant-sections";

interface TokenShellProps extends Pick<TenantSectionProps, "organization" | "tenant"> {
  /** The token's. */
  name: string;
  children: ReactNode;
}

/** What is around a token's details: a place within the tenant's API tokens. */
export function TokenShell({ organization, tenant, name, children }: TokenShellProps) {
  return (
    <SettingsLayout
      title="Tenant settings"
      breadcrumbs={[
        { label: organization.name },
        { label: tenant.name },
        { label: tenantSectionLabels["api-tokens"], href: tenantSettingsPath(organization, tenant) },
        { label: name },
      ]}
      sections={tenantSections(organization, tenant, "api-tokens")}
    >
      {children}
    </SettingsLayout>
  );
}
