"use client";

import { useRef } from "react";
import { Dialog } from "@/components/ui/dialog";
import { CreateTokenForm, type CreateTokenFormProps } from "./create-token-form";

interface CreateTokenDialogProps extends Omit<CreateTokenFormProps, "onCancel"> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  finalFocus?: () => HTMLElement | null | false;
}

export function CreateTokenDialog({ open, onOpenChange, finalFocus, ...form }: CreateTokenDialogProps) {
  const nameInput = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={titleOf(form.initial ?? null)}
      description={`For programs that call the API of ${form.context.organizationName} / ${form.context.tenantName}.`}
      size="lg"
      keepOnOutsidePress
      initialFocus={nameInput}
      {...(finalFocus && { finalFocus })}
    >
      {/* Mounted only while open, so every opening starts from an empty form. */}
      <CreateTokenForm {...form} nameInput={nameInput} onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

function titleOf(initial: NonNullable<CreateTokenFormProps["initial"]> | null): string {
  if (initial === null || initial.purpose === "link") return "Create API token";
  return initial.purpose === "duplicate"
    ? `Duplicate “${initial.token.name}”`
    : `Create a replacement for “${initial.token.name}”`;
}
