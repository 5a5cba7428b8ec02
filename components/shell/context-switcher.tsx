"use client";

import { useText } from "#text";
import { LazyTrigger } from "@/components/ui/lazy-trigger";
import { type ContextSwitcherProps, TriggerContent, triggerLabel, triggerStyle } from "./context-switcher-trigger";

/** Shows the organization and tenant at hand, and leads to any other the user can see. */
export function ContextSwitcher(props: ContextSwitcherProps) {
  const text = useText();
  const { organizations, currentOrganizationId, currentTenantId } = props;
  const organization = organizations.find(({ id }) => id === currentOrganizationId);
  const tenant = organization?.tenants.find(({ id }) => id === currentTenantId);
  const current = organization && tenant ? { organizationName: organization.name, name: tenant.name } : null;
  return (
    <LazyTrigger
      load={() => import("./tenant-combobox")}
      popup="dialog"
      trigger={
        <button type="button" aria-label={triggerLabel(current, text)} className={triggerStyle}>
          <TriggerContent current={current} />
        </button>
      }
    >
      {(file) => <file.TenantCombobox {...props} />}
    </LazyTrigger>
  );
}
