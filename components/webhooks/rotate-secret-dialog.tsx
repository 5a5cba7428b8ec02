"use client";

import { type FormEvent, useState } from "react";
import { useText } from "#text";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FailureBanner } from "@/components/ui/failure-banner";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { RadioCards } from "@/components/ui/radio-cards";
import { useSubmission } from "@/components/ui/use-submission";
import { message } from "@/lib/text/message";
import type { WebhookView } from "@/lib/webhooks/schema";
import type { IssuedWebhook, WebhookActions } from "./webhook-actions";

interface RotateSecretFormProps {
  webhook: WebhookView;
  rotateSecret: WebhookActions["rotateSecret"];
  onRotated: (issued: IssuedWebhook) => void;
}

interface RotateSecretDialogProps extends RotateSecretFormProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  finalFocus: () => HTMLElement | null | false;
}

/** Gives a webhook a new secret. */
export function RotateSecretDialog({ open, onOpenChange, finalFocus, ...form }: RotateSecretDialogProps) {
  const text = useText();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={text("Rotate the signing secret")}
      description={text(
        "The new one is shown once. Meanwhile messages carry a signature by each, and a receiver may check either.",
      )}
      size="sm"
      finalFocus={finalFocus}
    >
      {/* Mounted only while open, so every opening starts anew. */}
      <RotateSecretForm {...form} onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

const overlaps = [
  { value: "0", label: message("Not at all"), description: message("Messages carry the new signature only, at once.") },
  { value: "3600", label: message("1 hour"), description: message("For one deployment.") },
  { value: "86400", label: message("24 hours"), description: message("For a receiver that is deployed daily.") },
  { value: "604800", label: message("7 days"), description: message("For somebody else's receiver.") },
] as const;

function RotateSecretForm(props: RotateSecretFormProps & { onCancel: () => void }) {
  const text = useText();
  const { webhook, rotateSecret, onRotated, onCancel } = props;
  const [overlap, setOverlap] = useState<(typeof overlaps)[number]["value"]>("86400");
  const { pending, failure, submit } = useSubmission({
    send: (overlapSeconds: number) => rotateSecret(webhook.id, { overlapSeconds }),
    onDone: onRotated,
    lost: text(
      "The server did not answer, so the secret may or may not have changed. Rotate it again to have one that you know.",
    ),
  });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    submit(Number(overlap));
  }

  return (
    <form noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-4">
          <FailureBanner title={text("Not rotated")} failure={failure} />
          <RadioCards
            legend={text("How long messages are signed with the old secret as well")}
            dense
            options={overlaps.map(({ value, label, description }) => ({
              value,
              label: text.known(label),
              description: text.known(description),
            }))}
            value={overlap}
            onValueChange={setOverlap}
          />
          {overlap === "0" && (
            <Banner tone="warning">
              {text("Until the receiver has the new secret it will refuse messages. Those that fail are tried again.")}
            </Banner>
          )}
        </div>
      </OverlayBody>
      <OverlayFooter>
        <Button onClick={onCancel} disabledReason={pending ? text("The secret is being rotated") : undefined}>
          {text("Cancel")}
        </Button>
        <Button type="submit" variant="primary" pending={pending} pendingLabel={text("Rotating…")}>
          {text("Rotate secret")}
        </Button>
      </OverlayFooter>
    </form>
  );
}
