import { ChevronsUpDown } from "lucide-react";
import { useText } from "#text";
import type { Text } from "@/lib/text/text";

export interface SwitcherTenant {
  id: string;
  name: string;
  /** Where choosing this tenant leads. */
  href: string;
}

export interface SwitcherOrganization {
  id: string;
  name: string;
  tenants: readonly SwitcherTenant[];
}

export interface ContextSwitcherProps {
  organizations: readonly SwitcherOrganization[];
  currentOrganizationId: string | null;
  currentTenantId: string | null;
}

interface CurrentTenant {
  organizationName: string;
  name: string;
}

export const triggerStyle =
  "flex h-8 max-w-full min-w-0 items-center gap-1.5 rounded-md px-2 text-sm hover:bg-hover data-popup-open:bg-hover max-sm:h-10";

export function triggerLabel(current: CurrentTenant | null, text: Text): string {
  if (current === null) return text("Choose a tenant");
  const { organizationName: organization, name } = current;
  return text("Tenant: {organization} / {name}", { organization, name });
}

/** The organization and tenant at hand. */
export function TriggerContent({ current }: { current: CurrentTenant | null }) {
  const text = useText();
  return (
    <>
      {current ? (
        <>
          {/* Where there is little room the organization gives way, not the tenant. */}
          <span className="shrink-999 truncate text-muted max-sm:hidden">{current.organizationName}</span>
          <span aria-hidden="true" className="text-placeholder max-sm:hidden">
            /
          </span>
          <span className="truncate font-medium">{current.name}</span>
        </>
      ) : (
        <span className="truncate text-muted">{text("Choose a tenant")}</span>
      )}
      <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
    </>
  );
}
