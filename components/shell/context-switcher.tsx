"use client";

import { useState } from "react";
import { preload, useLazy } from "@/components/ui/use-lazy";
import { type ContextSwitcherProps, TriggerContent, triggerLabel, triggerStyle } from "./context-switcher-trigger";

/** Shows the organization and tenant at hand, and leads to any other the user can see. Its list loads when asked for. */
export function ContextSwitcher(props: ContextSwitcherProps) {
  const { organizations, currentOrganizationId, currentTenantId } = props;
  const [wanted, setWanted] = useState(false);
  const Combobox = useLazy(loadCombobox, wanted, () => setWanted(false));
  if (Combobox !== null) return <Combobox {...props} />;
  const organization = organizations.find(({ id }) => id === currentOrganizationId);
  const tenant = organization?.tenants.find(({ id }) => id === currentTenantId);
  const current = organization && tenant ? { organizationName: organization.name, name: tenant.name } : null;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-expanded="false"
      aria-busy={wanted}
      aria-label={triggerLabel(current)}
      onClick={() => setWanted(true)}
      onPointerEnter={() => preload(loadCombobox)}
      onFocus={() => preload(loadCombobox)}
      className={triggerStyle}
    >
      <TriggerContent current={current} />
    </button>
  );
}

async function loadCombobox() {
  return (await import("./tenant-combobox")).TenantCombobox;
}
