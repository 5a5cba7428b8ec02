"use client";

import { type RefObject, useState } from "react";
import { toast } from "sonner";
import { useText } from "#text";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { WebhookView } from "@/lib/webhooks/schema";
import { RotateSecretDialog } from "./rotate-secret-dialog";
import type { IssuedWebhook, WebhookActions, WebhookDialogAction } from "./webhook-actions";
import { WebhookDialog } from "./webhook-dialog";
import { WebhookSecretDrawer } from "./webhook-secret-drawer";
import { hostOf } from "./webhook-wording";

interface WebhookDialogsProps {
  /** What is being done to which webhook. The webhook stays while a dialog fades out, so that its text does not change. */
  chosen: { open: boolean; action: WebhookDialogAction; webhook: WebhookView } | null;
  onClose: () => void;
  actions: Pick<WebhookActions, "update" | "rotateSecret" | "remove">;
  onDeleted?: () => void;
  /** Where focus goes when the drawer with the secret closes. */
  finalFocus: RefObject<HTMLElement | null>;
}

/** The dialogs of one webhook. A new secret is held here, and only while its drawer is open. */
export function WebhookDialogs({ chosen, onClose, actions, onDeleted, finalFocus }: WebhookDialogsProps) {
  const text = useText();
  const [issued, setIssued] = useState<IssuedWebhook | null>(null);
  const lost = text(
    "The server did not answer, so it may or may not have been done. Look at the list before you try again.",
  );
  const done = (message: string) => () => {
    onClose();
    toast.success(message);
  };
  return (
    <>
      {chosen !== null && dialogFor(chosen)}
      <WebhookSecretDrawer issued={issued} onClose={() => setIssued(null)} finalFocus={finalFocus} />
    </>
  );

  function dialogFor({ open, action, webhook }: NonNullable<WebhookDialogsProps["chosen"]>) {
    const dialog = { open, onOpenChange: onClose };
    const host = hostOf(webhook.url);
    switch (action) {
      case "edit":
        return (
          <WebhookDialog
            {...dialog}
            webhook={webhook}
            send={(input) => actions.update(webhook.id, input)}
            onDone={done(text("Saved the webhook"))}
          />
        );
      case "rotate":
        return (
          <RotateSecretDialog
            {...dialog}
            webhook={webhook}
            rotateSecret={actions.rotateSecret}
            onRotated={(rotated) => {
              onClose();
              setIssued(rotated);
            }}
            // After a success the drawer is open already, and focus belongs in there.
            finalFocus={() => (issued === null ? finalFocus.current : false)}
          />
        );
      case "turn-off":
        return (
          <ConfirmDialog
            {...dialog}
            title={text("Turn off the webhook at {host}?", { host })}
            description={text(
              "It is told of nothing while it is off, and what is still to be sent is not sent. It can be turned on again.",
            )}
            confirmLabel={text("Turn off")}
            pendingLabel={text("Turning off…")}
            failureTitle={text("Not turned off")}
            lost={lost}
            confirm={() => actions.update(webhook.id, { enabled: false })}
            onDone={done(text("Turned off the webhook at {host}", { host }))}
          />
        );
      case "delete":
        return (
          <ConfirmDialog
            {...dialog}
            title={text("Delete the webhook at {host}?", { host })}
            description={text(
              "It is told of nothing any more, and the log of what it was sent goes with it. This cannot be undone.",
            )}
            confirmLabel={text("Delete webhook")}
            pendingLabel={text("Deleting…")}
            failureTitle={text("Not deleted")}
            lost={lost}
            confirm={() => actions.remove(webhook.id)}
            onDone={() => {
              done(text("Deleted the webhook at {host}", { host }))();
              onDeleted?.();
            }}
          />
        );
    }
  }
}
