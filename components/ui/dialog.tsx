"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { clsx } from "clsx";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { useText } from "#text";
import { IconButton } from "./icon-button";
import {
  backdropStyle,
  dialogPopupStyle,
  dialogViewportStyle,
  overlayDescriptionStyle,
  overlayHeaderStyle,
  overlayTitleStyle,
} from "./overlay-style";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  size?: "sm" | "md" | "lg";
  /** Where focus goes on opening; the first control otherwise. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** Where focus goes on closing, `false` for nowhere; what had it before otherwise. */
  finalFocus?: () => HTMLElement | null | false;
  /** Keeps a click beside the dialog from closing it, for forms with work in them. */
  keepOnOutsidePress?: boolean;
  /** OverlayBody and OverlayFooter. */
  children: ReactNode;
}

const widths = { sm: "sm:max-w-md", md: "sm:max-w-xl", lg: "sm:max-w-2xl" } as const;

export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  size = "md",
  initialFocus,
  finalFocus,
  keepOnOutsidePress = false,
  children,
}: DialogProps) {
  const text = useText();
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange} disablePointerDismissal={keepOnOutsidePress}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={backdropStyle} />
        <BaseDialog.Viewport className={dialogViewportStyle}>
          <BaseDialog.Popup
            {...(initialFocus && { initialFocus })}
            {...(finalFocus && { finalFocus })}
            className={clsx(dialogPopupStyle, widths[size])}
          >
            <header className={overlayHeaderStyle}>
              <div className="min-w-0 flex-1">
                <BaseDialog.Title className={overlayTitleStyle}>{title}</BaseDialog.Title>
                {description !== undefined && (
                  <BaseDialog.Description className={overlayDescriptionStyle}>{description}</BaseDialog.Description>
                )}
              </div>
              <IconButton label={text("Close")} className="-mt-1 -mr-2" onClick={() => onOpenChange(false)}>
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
