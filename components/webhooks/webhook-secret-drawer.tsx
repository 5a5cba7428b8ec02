"use client";

import type { RefObject } from "react";
import { useText } from "#text";
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
  const text = useText();
  return (
    <ShowOnceDrawer
      value={issued?.secret ?? null}
      noun="secret"
      title={text("Store the signing secret")}
      description={issued && text("For messages to {host}.", { host: hostOf(issued.webhook.url) })}
      warning={text(
        "The receiver needs it to tell our messages from forged ones. It cannot be shown again; if it is lost, rotate it.",
      )}
      onClose={onClose}
      finalFocus={finalFocus}
    >
      <div>
        <h3 className="mb-1.5 text-sm font-medium">{text("In the receiver")}</h3>
        <CodeBlock code={receiver} label={text("receiver's code")} wrap />
        <p className="mt-1.5 text-xs text-muted">
          {text(
            "Messages are signed by the Standard Webhooks specification; there are libraries for most languages. Answer 2xx within 10 seconds. A message may come twice: its webhook-id header stays the same.",
          )}
        </p>
      </div>
    </ShowOnceDrawer>
  );
}
