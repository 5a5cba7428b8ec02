"use client";

import { useText } from "#text";
import { AlertDialog } from "@/components/ui/alert-dialog";
import type { TokenView } from "@/lib/tokens/schema";
import { RevokeForm, type RevokeFormProps } from "./revoke-form";

interface RevokeDialogProps extends Omit<RevokeFormProps, "onCancel" | "token"> {
  open: boolean;
  /** Stays while the dialog fades out, so that its text does not change under the reader. */
  token: TokenView | null;
  onOpenChange: (open: boolean) => void;
}

export function RevokeDialog({ open, token, onOpenChange, ...form }: RevokeDialogProps) {
  const text = useText();
  return (
    <AlertDialog
      open={open && token !== null}
      onOpenChange={onOpenChange}
      title={text("Revoke “{name}”?", { name: token?.name ?? "" })}
      description={text("Calls with this token are refused from this moment. This cannot be undone.")}
    >
      {/* Mounted only while open, so every opening starts from an empty form. */}
      {token !== null && <RevokeForm {...form} token={token} onCancel={() => onOpenChange(false)} />}
    </AlertDialog>
  );
}
