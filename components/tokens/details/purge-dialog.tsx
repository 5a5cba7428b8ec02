"use client";

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
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete “${token.name}” from the list?`}
      description="The token, its settings and its usage figures go for good. What it did, and who created and ended it, stays in the audit log."
      confirmLabel="Delete from list"
      pendingLabel="Deleting…"
      failureTitle="The token was not deleted"
      lost="The server did not answer, so the token may or may not be gone. Look at the list before you try again."
      confirm={() => purge(token.id)}
      onDone={onPurged}
    />
  );
}
