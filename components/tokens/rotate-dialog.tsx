"use client";

import { useText } from "#text";
import { Dialog } from "@/components/ui/dialog";
import type { TokenView } from "@/lib/tokens/schema";
import { RotateForm, type RotateFormProps } from "./rotate-form";

interface RotateDialogProps extends Omit<RotateFormProps, "onCancel" | "token"> {
  open: boolean;
  /** Stays while the dialog fades out, so that its text does not change under the reader. */
  token: TokenView | null;
  onOpenChange: (open: boolean) => void;
}

/** Rotation: a successor with the same settings and a new secret. */
export function RotateDialog({ open, token, onOpenChange, ...form }: RotateDialogProps) {
  const text = useText();
  return (
    <Dialog
      open={open && token !== null}
      onOpenChange={onOpenChange}
      title={text("Rotate “{name}”", { name: token?.name ?? "" })}
      description={text("A successor with the same settings and lifetime gets a new secret, shown once.")}
      keepOnOutsidePress
    >
      {/* Mounted only while open, so every opening starts from an empty form. */}
      {token !== null && <RotateForm {...form} token={token} onCancel={() => onOpenChange(false)} />}
    </Dialog>
  );
}
