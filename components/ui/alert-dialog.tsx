"use client";

import { AlertDialog as BaseAlertDialog } from "@base-ui/react/alert-dialog";
import { clsx } from "clsx";
import type { ReactNode, RefObject } from "react";
import {
  backdropStyle,
  dialogPopupStyle,
  dialogViewportStyle,
  overlayDescriptionStyle,
  overlayHeaderStyle,
  overlayTitleStyle,
} from "./overlay-style";

interface AlertDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen. */
  description: ReactNode;
  initialFocus?: RefObject<HTMLElement | null>;
  /** Where focus goes on closing, `false` for nowhere; `true` and by default to what had it before. */
  finalFocus?: () => HTMLElement | null | boolean;
  /** OverlayBody and OverlayFooter. */
  children: ReactNode;
}

/** For what cannot be undone: a click outside does not close it. */
export function AlertDialog({
  open,
  onOpenChange,
  title,
  description,
  initialFocus,
  finalFocus,
  children,
}: AlertDialogProps) {
  return (
    <BaseAlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseAlertDialog.Portal>
        <BaseAlertDialog.Backdrop className={backdropStyle} />
        <BaseAlertDialog.Viewport className={dialogViewportStyle}>
          <BaseAlertDialog.Popup
            {...(initialFocus && { initialFocus })}
            {...(finalFocus && { finalFocus })}
            className={clsx(dialogPopupStyle, "sm:max-w-lg")}
          >
            <header className={overlayHeaderStyle}>
              <div className="min-w-0">
                <BaseAlertDialog.Title className={overlayTitleStyle}>{title}</BaseAlertDialog.Title>
                <BaseAlertDialog.Description className={overlayDescriptionStyle}>
                  {description}
                </BaseAlertDialog.Description>
              </div>
            </header>
            {children}
          </BaseAlertDialog.Popup>
        </BaseAlertDialog.Viewport>
      </BaseAlertDialog.Portal>
    </BaseAlertDialog.Root>
  );
}
