"use client";

import { AlertDialog } from "@/components/ui/alert-dialog";
import type { TokenView } from "@/lib/tokens/schema";
import { RevokeForm, type RevokeFormProps } from "./revoke-form";
import { counted } from "./wording";

interface RevokeDialogProps extends Omit<RevokeFormProps, "onCancel"> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function RevokeDialog({ open, onOpenChange, ...form }: RevokeDialogProps) {
  const callers = form.tokens.length === 1 ? "this token" : "these tokens";
  return (
    <AlertDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Revoke ${nameOf(form.tokens)}?`}
      description={`Calls with ${callers} are refused from this moment. This cannot be undone.`}
    >
      {/* Mounted only while open, so every opening starts from an empty form. */}
      <RevokeForm {...form} onCancel={() => onOpenChange(false)} />
    </AlertDialog>
  );
}

function nameOf(tokens: readonly TokenView[]): string {
  const [only, ...others] = tokens;
  return only && others.length === 0 ? `“${only.name}”` : counted(tokens.length, "token");
}
