"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import { clsx } from "clsx";
import { Check, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import type {
  MenuCheckboxProps,
  MenuGroupProps,
  MenuItemProps,
  MenuLinkProps,
  MenuProps,
  MenuRadioProps,
  MenuSubProps,
} from "./menu";
import { popupStyle } from "./popup-style";
import { useOpenedByPress } from "./use-opened-by-press";

const itemStyle =
  "flex min-h-8 items-center gap-2.5 rounded-md px-2 py-1 outline-hidden select-none data-highlighted:bg-hover max-sm:min-h-10 [&>svg]:size-4 [&>svg]:shrink-0";
const plainItemStyle = clsx(itemStyle, "[&>svg]:text-muted");
const dangerItemStyle = clsx(itemStyle, "text-danger-text data-highlighted:bg-danger-soft");

// What menu.tsx shows once a menu is asked for.

/** Opens by itself: it is there because its button was pressed. */
export function Menu({ trigger, align = "end", children, className }: MenuProps) {
  const { button, open, setOpen } = useOpenedByPress();
  const [landmark, setLandmark] = useState<HTMLElement>();
  useEffect(() => setLandmark(button.current?.closest<HTMLElement>("main, header") ?? undefined), [button]);
  return (
    <BaseMenu.Root open={open} onOpenChange={setOpen}>
      <BaseMenu.Trigger ref={button} render={trigger} />
      {/* In the landmark of its button: at the end of the body it would be in none. */}
      <BaseMenu.Portal {...(landmark && { container: landmark })}>
        <BaseMenu.Positioner align={align} sideOffset={4} collisionPadding={8} className="z-50 outline-hidden">
          <BaseMenu.Popup className={clsx(popupStyle, "min-w-44 p-1", className)}>{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

export function MenuItem({ icon, onSelect, tone = "default", disabledReason, children }: MenuItemProps) {
  const blocked = disabledReason !== undefined;
  return (
    <BaseMenu.Item
      onClick={onSelect}
      disabled={blocked}
      className={clsx(
        tone === "danger" && !blocked ? dangerItemStyle : plainItemStyle,
        blocked && "cursor-not-allowed items-start text-muted",
      )}
    >
      {icon}
      <span className="grid max-w-56 min-w-0">
        <span>{children}</span>
        {blocked && <span className="text-xs text-muted">{disabledReason}</span>}
      </span>
    </BaseMenu.Item>
  );
}

/** An item that leads somewhere: an anchor, so that it opens in a new tab as well. */
export function MenuLink({ href, icon, children }: MenuLinkProps) {
  return (
    <BaseMenu.LinkItem closeOnClick render={<Link href={href} />} className={plainItemStyle}>
      {icon}
      {children}
    </BaseMenu.LinkItem>
  );
}

export function MenuRadio<Value extends string>({ label, value, onValueChange, options }: MenuRadioProps<Value>) {
  return (
    <BaseMenu.RadioGroup value={value} onValueChange={onValueChange} aria-label={label}>
      {options.map((option) => (
        <BaseMenu.RadioItem key={option.value} value={option.value} closeOnClick className={plainItemStyle}>
          {option.icon}
          <span className="flex-1">{option.label}</span>
          <BaseMenu.RadioItemIndicator>
            <Check aria-hidden="true" className="size-4 text-accent-text" />
          </BaseMenu.RadioItemIndicator>
        </BaseMenu.RadioItem>
      ))}
    </BaseMenu.RadioGroup>
  );
}

/** Something on or off; the menu stays open for the next one. */
export function MenuCheckbox({ checked, onCheckedChange, children }: MenuCheckboxProps) {
  return (
    <BaseMenu.CheckboxItem checked={checked} onCheckedChange={onCheckedChange} className={plainItemStyle}>
      <span className="flex-1">{children}</span>
      <BaseMenu.CheckboxItemIndicator>
        <Check aria-hidden="true" className="size-4 text-accent-text" />
      </BaseMenu.CheckboxItemIndicator>
    </BaseMenu.CheckboxItem>
  );
}

/** An item that opens a menu of its own beside it. */
export function MenuSub({ label, icon, onOpen, children }: MenuSubProps) {
  const trigger = useRef<HTMLElement>(null);
  const [landmark, setLandmark] = useState<HTMLElement>();
  return (
    <BaseMenu.SubmenuRoot
      onOpenChange={(open) => {
        if (!open) return;
        setLandmark(trigger.current?.closest<HTMLElement>("main, header") ?? undefined);
        onOpen?.();
      }}
    >
      <BaseMenu.SubmenuTrigger ref={trigger} className={clsx(plainItemStyle, "data-popup-open:bg-hover")}>
        {icon}
        <span className="flex-1">{label}</span>
        <ChevronRight aria-hidden="true" />
      </BaseMenu.SubmenuTrigger>
      <BaseMenu.Portal {...(landmark && { container: landmark })}>
        <BaseMenu.Positioner sideOffset={4} alignOffset={-4} collisionPadding={8} className="z-50 outline-hidden">
          <BaseMenu.Popup
            className={clsx(popupStyle, "max-h-(--available-height) min-w-44 overflow-y-auto overscroll-contain p-1")}
          >
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.SubmenuRoot>
  );
}

/** Items under a heading that belongs to them, such as who is signed in. */
export function MenuGroup({ label, children }: MenuGroupProps) {
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className="px-2 py-1.5">{label}</BaseMenu.GroupLabel>
      <MenuSeparator />
      {children}
    </BaseMenu.Group>
  );
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="-mx-1 my-1 h-px bg-border" />;
}
