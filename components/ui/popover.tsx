"use client";

import { Popover as BasePopover } from "@base-ui/react/popover";
import { clsx } from "clsx";
import type { ReactElement, ReactNode } from "react";
import { popupStyle } from "./popup-style";

interface PopoverProps {
  trigger: ReactElement;
  title: string;
  align?: "start" | "center" | "end";
  children: ReactNode;
  className?: string;
}

export function Popover({ trigger, title, align = "start", children, className }: PopoverProps) {
  return (
    <BasePopover.Root>
      <BasePopover.Trigger render={trigger} />
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
