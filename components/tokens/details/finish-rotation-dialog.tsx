"use client";

import { toast } from "sonner";
import { useText } from "#text";
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
  const text = useText();
  const verdict = rotationVerdict(old, next, Date.parse(now), text);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={text("End the old secret of “{name}” now?", { name: old.name })}
      description={text(
        "Calls with {old} are refused from this moment; {new} goes on working. This cannot be undone.",
        { old: old.hint, new: next.hint },
      )}
      confirmLabel={text("End the old secret")}
      pendingLabel={text("Ending…")}
      failureTitle={text("The old secret was not ended")}
      lost={text(
        "The server did not answer, so the old secret may still work. Look at its status before you try again.",
      )}
      confirm={() => revoke({ ids: [old.id], reason: "rotated" })}
      onDone={({ results }) => {
        onOpenChange(false);
        if (results.some(({ outcome }) => outcome === "revoked"))
          toast.success(text("Ended the old secret of “{name}”", { name: old.name }));
        else toast.info(text("The old secret of “{name}” had ended already", { name: old.name }));
      }}
    >
      <Banner tone={verdict.kind === "wait" ? "warning" : "success"}>{verdict.text}</Banner>
    </ConfirmDialog>
  );
}
