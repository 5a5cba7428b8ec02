"use client";

import { Tooltip as BaseTooltip } from "@base-ui/react/tooltip";
import type { RefObject } from "react";
import type { TooltipProps } from "./tooltip";

interface TooltipPopupProps extends Required<Pick<TooltipProps, "content" | "side">> {
  anchor: RefObject<HTMLElement | null>;
  open: boolean;
  /** On Escape. */
  onClose: () => void;
  onPointerEnter: () => void;
  onPointerLeave: () => void;
}

/** What tooltip.tsx shows. */
export function TooltipPopup({ anchor, content, side, open, onClose, ...pointer }: TooltipPopupProps) {
  return (
    <BaseTooltip.Root open={open} onOpenChange={onClose}>
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner anchor={anchor} side={side} sideOffset={6} collisionPadding={8} className="z-60">
          <BaseTooltip.Popup
            {...pointer}
            // The element says the same to assistive technology.
            aria-hidden="true"
            className="max-w-72 origin-(--transform-origin) rounded-md bg-foreground px-2 py-1 text-xs text-background shadow-raised transition-[opacity,scale] duration-100 data-ending-style:opacity-0 data-starting-style:scale-97 data-starting-style:opacity-0"
          >
            {content}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
