"use client";

import { Send } from "lucide-react";
import type { ReactNode } from "react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Dialog } from "@/components/ui/dialog";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { RelativeTime } from "@/components/ui/relative-time";
import type { DeliveryView } from "@/lib/webhooks/schema";
import { Answer } from "./deliveries-table";
import { DeliveryBadge } from "./delivery-badge";
import { eventLabel } from "./webhook-wording";

interface DeliveryDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  delivery: DeliveryView;
  now: string;
  resend: () => void;
  resending: boolean;
  /** Why it cannot be sent again; undefined when it can. */
  resendReason: string | undefined;
}

/** One message: what it said and what came of it. */
export function DeliveryDialog(props: DeliveryDialogProps) {
  const text = useText();
  const { open, onOpenChange, delivery, now, resend, resending, resendReason } = props;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={text("Delivery: {event}", { event: eventLabel(delivery.event, text) })}
      description={text("The message and what came of the last try.")}
    >
      <OverlayBody>
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
          <Fact name={text("State")}>
            <DeliveryBadge delivery={delivery} />
          </Fact>
          <Fact name={text("Answer")}>
            <Answer delivery={delivery} now={now} />
          </Fact>
          <Fact name={text("Tries")}>{delivery.attempts}</Fact>
          <Fact name={text("Last try")}>
            {delivery.lastAttemptAt === null ? (
              <span className="text-muted">{text("None yet")}</span>
            ) : (
              <RelativeTime at={delivery.lastAttemptAt} now={now} />
            )}
          </Fact>
          <Fact name="webhook-id">
            <code className="font-mono text-xs wrap-anywhere">{delivery.id}</code>
          </Fact>
        </dl>
        <h3 className="mt-5 mb-1.5 text-sm font-medium">{text("Payload")}</h3>
        <CodeBlock code={JSON.stringify(delivery.payload, null, 2)} label={text("payload")} wrap />
      </OverlayBody>
      <OverlayFooter>
        <Button onClick={() => onOpenChange(false)}>{text("Close")}</Button>
        <Button onClick={resend} pending={resending} pendingLabel={text("Sending…")} disabledReason={resendReason}>
          <Send aria-hidden="true" />
          {text("Send again")}
        </Button>
      </OverlayFooter>
    </Dialog>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
