"use client";

import type { RefObject } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { ShowOnceDrawer } from "@/components/ui/show-once-drawer";
import type { IssuedWebhook } from "./webhook-actions";
import { hostOf } from "./webhook-wording";

interface WebhookSecretDrawerProps {
  /** What was issued; null closes the drawer, and then nothing here holds the secret. */
  issued: IssuedWebhook | null;
  /** The owner must forget the secret. */
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}

const receiver = `import { Webhook } from "standardwebhooks";

// Throws if the message is forged or old.
const { type, data } =
  new Webhook(secret).verify(rawBody, headers);`;

/** Shows a webhook's secret once, with what a receiver does with it. */
export function WebhookSecretDrawer({ issued, onClose, finalFocus }: WebhookSecretDrawerProps) {
  return (
    <ShowOnceDrawer
      value={issued?.secret ?? null}
      noun="secret"
      title="Store the signing secret"
      description={<>For messages to {issued && hostOf(issued.webhook.url)}.</>}
      warning="The receiver needs it to tell our messages from forged ones. It cannot be shown again; if it is lost, rotate it."
      onClose={onClose}
      finalFocus={finalFocus}
    >
      <div>
        <h3 className="mb-1.5 text-sm font-medium">In the receiver</h3>
        <CodeBlock code={receiver} label="receiver's code" wrap />
        <p className="mt-1.5 text-xs text-muted">
          Messages are signed by the Standard Webhooks specification; there are libraries for most languages. Answer 2xx
          within 10 seconds. A message may come twice: its webhook-id header stays the same.
        </p>
      </div>
    </ShowOnceDrawer>
  );
}
