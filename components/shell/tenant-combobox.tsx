"use client";

import { Combobox } from "@base-ui/react/combobox";
import { clsx } from "clsx";
import { Check, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useText } from "#text";
import { popupStyle } from "@/components/ui/popup-style";
import { useOpenedByPress } from "@/components/ui/use-opened-by-press";
import {
  type ContextSwitcherProps,
  type SwitcherOrganization,
  type SwitcherTenant,
  TriggerContent,
  triggerLabel,
  triggerStyle,
} from "./context-switcher-trigger";

interface TenantItem extends SwitcherTenant {
  organizationName: string;
  label: string;
  value: string;
}

interface TenantGroup {
  id: string;
  name: string;
  items: TenantItem[];
}

/** Leads to any tenant that the user can see; open at first, because it is loaded when it is asked for. */
export function TenantCombobox({ organizations, currentOrganizationId, currentTenantId }: ContextSwitcherProps) {
  const text = useText();
  const router = useRouter();
  const { button, open, setOpen } = useOpenedByPress();
  const groups = organizations.map(groupOf);
  const current =
    groups
      .filter((group) => group.id === currentOrganizationId)
      .flatMap((group) => group.items)
      .find((item) => item.id === currentTenantId) ?? null;

  return (
    <Combobox.Root<TenantItem>
      items={groups}
      open={open}
      onOpenChange={setOpen}
      value={current}
      onValueChange={(tenant) => {
        if (tenant !== null && tenant.id !== currentTenantId) router.push(tenant.href);
      }}
      isItemEqualToValue={(item, value) => item.id === value.id}
      // Found by the organization's name too: "acme east".
      filter={(item, query) => matches(item, query)}
    >
      <Combobox.Trigger ref={button} aria-label={triggerLabel(current, text)} className={triggerStyle}>
        <TriggerContent current={current} />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner align="start" sideOffset={4} collisionPadding={8} className="z-50 outline-hidden">
          <Combobox.Popup aria-label={text("Switch tenant")} className={clsx(popupStyle, "w-72")}>
            <div className="relative border-b">
              <Search
                aria-hidden="true"
                className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
              />
              <Combobox.Input
                aria-label={text("Find a tenant")}
                placeholder={text("Find a tenant")}
                className="h-10 w-full rounded-t-lg bg-transparent pr-3 pl-9 text-sm outline-hidden placeholder:text-placeholder max-sm:text-lg"
              />
            </div>
            <Combobox.Empty className="px-3 py-3 text-muted empty:p-0">
              {text("No tenant with that name among those you can see.")}
            </Combobox.Empty>
            <Combobox.List className="max-h-[min(22rem,var(--available-height))] scroll-py-1 overflow-y-auto overscroll-contain p-1 outline-hidden data-empty:p-0">
              {(group: TenantGroup) => (
                <Combobox.Group key={group.id} items={group.items} className="not-last:mb-1">
                  <Combobox.GroupLabel className="px-2 pt-1.5 pb-1 text-xs font-medium text-muted select-none">
                    {group.name}
                  </Combobox.GroupLabel>
                  <Combobox.Collection>
                    {(item: TenantItem) => (
                      <Combobox.Item
                        key={item.id}
                        value={item}
                        className="grid min-h-8 grid-cols-[1fr_1rem] items-center gap-3 rounded-md px-2 outline-hidden select-none data-highlighted:bg-hover max-sm:min-h-10"
                      >
                        <span className="truncate">{item.name}</span>
                        <Combobox.ItemIndicator>
                          <Check aria-hidden="true" className="size-4 text-accent-text" />
                        </Combobox.ItemIndicator>
                      </Combobox.Item>
                    )}
                  </Combobox.Collection>
                </Combobox.Group>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

function groupOf(organization: SwitcherOrganization): TenantGroup {
  return {
    id: organization.id,
    name: organization.name,
    items: organization.tenants.map((tenant) => ({
      ...tenant,
      organizationName: organization.name,
      label: tenant.name,
      value: tenant.id,
    })),
  };
}

function matches(item: TenantItem, query: string): boolean {
  const name = `${item.organizationName} ${item.name}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/[\s/]+/)
    .every((word) => name.includes(word));
}
