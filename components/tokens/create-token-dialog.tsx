"use client";

import { useRef } from "react";
import { useText } from "#text";
import { Dialog } from "@/components/ui/dialog";
import type { Text } from "@/lib/text/text";
import { CreateTokenForm, type CreateTokenFormProps } from "./create-token-form";

interface CreateTokenDialogProps extends Omit<CreateTokenFormProps, "onCancel"> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  finalFocus?: () => HTMLElement | null | false;
}

export function CreateTokenDialog({ open, onOpenChange, finalFocus, ...form }: CreateTokenDialogProps) {
  const text = useText();
  const nameInput = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={titleOf(form.initial ?? null, text)}
      description={text("For programs that call the API of {organization} / {tenant}.", {
        organization: form.context.organizationName,
        tenant: form.context.tenantName,
      })}
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

function titleOf(initial: NonNullable<CreateTokenFormProps["initial"]> | null, text: Text): string {
  if (initial === null || initial.purpose === "link") return text("Create API token");
  const { name } = initial.token;
  return initial.purpose === "duplicate"
    ? text("Duplicate “{name}”", { name })
    : text("Create a replacement for “{name}”", { name });
}
