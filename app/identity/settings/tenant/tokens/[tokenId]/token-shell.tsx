import type { ReactNode } from "react";
import { useText } from "#text";
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
  const text = useText();
  return (
    <SettingsLayout
      title={text("Tenant settings")}
      breadcrumbs={[
        { label: organization.name },
        { label: tenant.name },
        { label: text.known(tenantSectionLabels["api-tokens"]), href: tenantSettingsPath(organization, tenant) },
        { label: name },
      ]}
      sections={tenantSections(organization, tenant, "api-tokens", text)}
    >
      {children}
    </SettingsLayout>
  );
}
