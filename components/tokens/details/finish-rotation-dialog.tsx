"use client";

import { toast } from "sonner";
import { Banner } from "@/components/ui/banner";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { TokenView } from "@/lib/tokens/schema";
import type { RevokeFormProps } from "../revoke-form";
import { rotationVerdict } from "./rotation-verdict";

interface FinishRotationDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  old: TokenView;
  next: TokenView;
  now: string;
  revoke: RevokeFormProps["revoke"];
}

/** Ends the old secret of a rotation before its time. */
export function FinishRotationDialog({ open, onOpenChange, old, next, now, revoke }: FinishRotationDialogProps) {
  const verdict = rotationVerdict(old, next, Date.parse(now));
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`End the old secret of “${old.name}” now?`}
      description={`Calls with ${old.hint} are refused from this moment; ${next.hint} goes on working. This cannot be undone.`}
      confirmLabel="End the old secret"
      pendingLabel="Ending…"
      failureTitle="The old secret was not ended"
      lost="The server did not answer, so the old secret may still work. Look at its status before you try again."
      confirm={() => revoke({ ids: [old.id], reason: "rotated" })}
      onDone={({ results }) => {
        onOpenChange(false);
        if (results.some(({ outcome }) => outcome === "revoked"))
          toast.success(`Ended the old secret of “${old.name}”`);
        else toast.info(`The old secret of “${old.name}” had ended already`);
      }}
    >
      <Banner tone={verdict.kind === "wait" ? "warning" : "success"}>{verdict.text}</Banner>
    </ConfirmDialog>
  );
}
