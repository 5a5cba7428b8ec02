"use client";

import { useText } from "#text";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Outcome } from "@/components/ui/use-submission";
import type { TokenView } from "@/lib/tokens/schema";

export interface PurgeDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  token: TokenView;
  purge: (id: string) => Promise<Outcome<object>>;
  onPurged: () => void;
}

/** Deletes a token that no longer works. */
export function PurgeDialog({ open, onOpenChange, token, purge, onPurged }: PurgeDialogProps) {
  const text = useText();
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={text("Delete “{name}” from the list?", { name: token.name })}
      description={text(
        "The token, its settings and its usage figures go for good. What it did, and who created and ended it, stays in the audit log.",
      )}
      confirmLabel={text("Delete from list")}
      pendingLabel={text("Deleting…")}
      failureTitle={text("The token was not deleted")}
      lost={text(
        "The server did not answer, so the token may or may not be gone. Look at the list before you try again.",
      )}
      confirm={() => purge(token.id)}
      onDone={onPurged}
    />
  );
}
