"use client";

import { useRef, useState } from "react";
import { useText } from "#text";
import { Dialog } from "@/components/ui/dialog";
import type { FoundToken, IdentifyToken, RevokeFoundToken } from "./found-token";
import { FoundTokenForm } from "./found-token-form";
import { FoundTokenResult } from "./found-token-result";

export interface FoundTokenDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  identify: IdentifyToken;
  revoke: RevokeFoundToken;
}

/** Tells which token a secret belongs to that turned up where it should not be, and revokes it. */
export function FoundTokenDialog({ open, onOpenChange, ...actions }: FoundTokenDialogProps) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const [found, setFound] = useState<FoundToken | null>(null);
  // Let go on opening, not on closing: the text stays while the dialog fades out.
  const [wasOpen, setWasOpen] = useState(open);
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open) setFound(null);
  }
  const close = () => onOpenChange(false);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={text("I found a token")}
      description={
        found === null
          ? text("Paste a secret that turned up where it should not be, and see which token it is.")
          : text("The secret you pasted is this token's. It is not kept.")
      }
      initialFocus={input}
      keepOnOutsidePress
    >
      {/* Mounted only while open: nothing of one secret is left when the next is pasted. */}
      {found === null ? (
        <FoundTokenForm input={input} identify={actions.identify} onFound={setFound} onCancel={close} />
      ) : (
        <FoundTokenResult
          key={found.token.id}
          found={found}
          revoke={actions.revoke}
          onAgain={() => setFound(null)}
          onClose={close}
        />
      )}
    </Dialog>
  );
}
