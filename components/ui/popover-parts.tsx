"use client";

import { Popover as BasePopover } from "@base-ui/react/popover";
import { clsx } from "clsx";
import type { PopoverProps } from "./popover";
import { popupStyle } from "./popup-style";
import { useOpenedByPress } from "./use-opened-by-press";

/** What popover.tsx shows once it is asked for: opens by itself, because its button was pressed. */
export function Popover({ trigger, title, align = "start", children, className }: PopoverProps) {
  const { button, open, setOpen } = useOpenedByPress();
  return (
    <BasePopover.Root open={open} onOpenChange={setOpen}>
      <BasePopover.Trigger ref={button} render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner align={align} sideOffset={6} collisionPadding={8} className="z-50">
          <BasePopover.Popup className={clsx(popupStyle, "w-80 px-3 py-2.5", className)}>
            <BasePopover.Title className="mb-2 text-xs font-medium text-muted">{title}</BasePopover.Title>
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
