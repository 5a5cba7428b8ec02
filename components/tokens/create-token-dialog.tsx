"use client";

import { Dialog } from "@/components/ui/dialog";
import { CreateTokenForm, type CreateTokenFormProps } from "./create-token-form";

interface CreateTokenDialogProps extends Omit<CreateTokenFormProps, "onCancel"> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  finalFocus?: () => HTMLElement | null | false;
}

export function CreateTokenDialog({ open, onOpenChange, finalFocus, ...form }: CreateTokenDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Create API token"
      description={`For programs that call the API of ${form.context.organizationName} / ${form.context.tenantName}.`}
      size="lg"
      keepOnOutsidePress
      {...(finalFocus && { finalFocus })}
    >
      {/* Mounted only while open, so every opening starts from an empty form. */}
      <CreateTokenForm {...form} onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}
