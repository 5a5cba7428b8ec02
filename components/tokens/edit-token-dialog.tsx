"use client";

import { useText } from "#text";
import { Dialog } from "@/components/ui/dialog";
import type { TokenView } from "@/lib/tokens/schema";
import { EditTokenForm, type EditTokenFormProps } from "./edit-token-form";

interface EditTokenDialogProps extends Omit<EditTokenFormProps, "onCancel" | "token"> {
  open: boolean;
  /** Stays while the dialog fades out, so that its text does not change under the reader. */
  token: TokenView | null;
  onOpenChange: (open: boolean) => void;
  finalFocus?: () => HTMLElement | null | false;
}

/** Renames, describes or narrows a token in place. What would widen it is not on offer. */
export function EditTokenDialog({ open, token, onOpenChange, finalFocus, ...form }: EditTokenDialogProps) {
  const text = useText();
  return (
    <Dialog
      open={open && token !== null}
      onOpenChange={onOpenChange}
      title={text("Edit “{name}”", { name: token?.name ?? "" })}
      description={text("Its secret stays the same. What you take away counts from the next call.")}
      keepOnOutsidePress
      {...(finalFocus && { finalFocus })}
    >
      {/* Mounted only while open, so every opening starts from how things are. */}
      {token !== null && <EditTokenForm {...form} token={token} onCancel={() => onOpenChange(false)} />}
    </Dialog>
  );
}
