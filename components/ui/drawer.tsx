"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { useText } from "#text";
import { IconButton } from "./icon-button";
import { backdropStyle, overlayDescriptionStyle, overlayHeaderStyle, overlayTitleStyle } from "./overlay-style";

interface DrawerProps {
  open: boolean;
  /** Asked on Escape, a click beside the drawer and the close button. The owner decides whether `open` changes. */
  onCloseRequest: () => void;
  title: string;
  description?: ReactNode;
  initialFocus?: RefObject<HTMLElement | null>;
  finalFocus?: RefObject<HTMLElement | null>;
  /** OverlayBody and OverlayFooter. */
  children: ReactNode;
}

/** A panel from the right; on phones, a sheet from the bottom. */
export function Drawer({ open, onCloseRequest, title, description, initialFocus, finalFocus, children }: DrawerProps) {
  const text = useText();
  return (
    <BaseDialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onCloseRequest();
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={backdropStyle} />
        <BaseDialog.Viewport className="fixed inset-0 z-40 flex justify-end overflow-hidden max-sm:items-end">
          <BaseDialog.Popup
            {...(initialFocus && { initialFocus })}
            {...(finalFocus && { finalFocus })}
            className="flex w-full flex-col bg-raised text-foreground shadow-overlay outline-hidden transition-[translate,opacity] duration-200 ease-out max-sm:max-h-[94dvh] max-sm:rounded-t-xl sm:h-full sm:max-w-lg max-sm:data-ending-style:translate-y-full max-sm:data-starting-style:translate-y-full sm:data-ending-style:translate-x-full sm:data-starting-style:translate-x-full"
          >
            <header className={overlayHeaderStyle}>
              <div className="min-w-0 flex-1">
                <BaseDialog.Title className={overlayTitleStyle}>{title}</BaseDialog.Title>
                {description !== undefined && (
                  <BaseDialog.Description className={overlayDescriptionStyle}>{description}</BaseDialog.Description>
                )}
              </div>
              <IconButton label={text("Close")} className="-mt-1 -mr-2" onClick={onCloseRequest}>
                <X aria-hidden="true" />
              </IconButton>
            </header>
            {children}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
