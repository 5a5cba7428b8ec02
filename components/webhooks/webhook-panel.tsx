"use client";

import { clsx } from "clsx";
import { ArrowLeft, Inbox, Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useRef, useState, useTransition } from "react";
import { useText } from "#text";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { utcTime } from "@/components/ui/dates";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterSelect } from "@/components/ui/filter-select";
import { PageNav } from "@/components/ui/page-nav";
import { TextLink } from "@/components/ui/text-link";
import { message } from "@/lib/text/message";
import type { DeliveryView, WebhookView } from "@/lib/webhooks/schema";
import { DeliveriesTable } from "./deliveries-table";
import { DeliveryDialog } from "./delivery-dialog";
import { useQuickAction } from "./use-quick-action";
import { useSettling } from "./use-settling";
import type { WebhookActions, WebhookDialogAction } from "./webhook-actions";
import { WebhookDialogs } from "./webhook-dialogs";
import { WebhookMenu } from "./webhook-menu";
import { type deliveryFilters, webhookParams } from "./webhook-params";
import { EventBadges } from "./webhooks-table";

type DeliveryFilter = (typeof deliveryFilters)[number];

interface WebhookPanelProps {
  webhook: WebhookView;
  deliveries: { items: readonly DeliveryView[]; nextCursor: string | null; previousCursor: string | null };
  state: DeliveryFilter;
  /** The server's time of rendering, RFC 3339. */
  now: string;
  listHref: string;
  readOnlyReason: string | undefined;
  actions: WebhookActions;
}

const filters: readonly { value: DeliveryFilter; label: string }[] = [
  { value: "all", label: message("All") },
  { value: "pending", label: message("Not delivered yet") },
  { value: "delivered", label: message("Delivered") },
  { value: "failed", label: message("Failed") },
];

/** One webhook: what it is, what was sent to it, and what became of that. */
export function WebhookPanel(props: WebhookPanelProps) {
  const text = useText();
  const { webhook, deliveries, state, now, listHref, readOnlyReason, actions } = props;
  const router = useRouter();
  const testButton = useRef<HTMLButtonElement>(null);
  const [loading, startTransition] = useTransition();
  const [, setParams] = useQueryStates(webhookParams, { shallow: false, history: "push", startTransition });
  const { act, pending } = useQuickAction();
  const [chosen, setChosen] = useState<{ open: boolean; action: WebhookDialogAction } | null>(null);
  const [opened, setOpened] = useState<{ open: boolean; id: string } | null>(null);
  const delivery = deliveries.items.find(({ id }) => id === opened?.id);
  const reasonAgainstSending = readOnlyReason ?? (webhook.enabled ? undefined : text("Turn the webhook on first"));
  useSettling(
    deliveries.items.some((item) => item.state === "pending" && item.attempts === 0),
    now,
  );
  const sendTest = () =>
    act(() => actions.sendTest(webhook.id), {
      done: text("A test message is on its way"),
      failed: text("No test was sent"),
    });

  return (
    <section aria-label={text("Webhook")} aria-busy={loading} className="@container">
      <p className="mb-3 text-sm [&_svg]:inline [&_svg]:size-3.5">
        <TextLink href={listHref}>
          <ArrowLeft aria-hidden="true" /> {text("All webhooks")}
        </TextLink>
      </p>
      <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h2 className="min-w-0 text-lg font-semibold tracking-tight wrap-anywhere">{webhook.url}</h2>
            <Badge tone={webhook.enabled ? "success" : "neutral"} dot>
              {webhook.enabled ? text("On") : text("Off")}
            </Badge>
          </div>
          {webhook.description !== "" && <p className="mt-0.5 text-muted">{webhook.description}</p>}
          <div className="mt-2">
            <EventBadges events={webhook.events} />
          </div>
        </div>
        <div className="flex gap-2 max-sm:w-full max-sm:[&>button:first-child]:flex-1">
          <Button ref={testButton} onClick={sendTest} pending={pending} disabledReason={reasonAgainstSending}>
            <Send aria-hidden="true" />
            {text("Send test")}
          </Button>
          <WebhookMenu
            webhook={webhook}
            deliveriesHref={undefined}
            readOnlyReason={readOnlyReason}
            onDialog={(action) => setChosen({ open: true, action })}
            onTurnOn={() =>
              act(() => actions.update(webhook.id, { enabled: true }), {
                done: text("Turned on the webhook"),
                failed: text("Not turned on"),
              })
            }
            onSendTest={sendTest}
          />
        </div>
      </div>
      {webhook.previousSecretUntil !== null && (
        <Banner className="mb-5" title={text("Two secrets sign its messages")}>
          {text("The one before the last rotation signs as well until {time}.", {
            time: utcTime(Date.parse(webhook.previousSecretUntil)),
          })}
        </Banner>
      )}
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h3 className="text-base font-semibold">{text("Deliveries")}</h3>
        <FilterSelect
          aria-label={text("State")}
          prefix={text("State")}
          options={filters.map(({ value, label }) => ({ value, label: text.known(label) }))}
          value={state}
          onValueChange={(value) => void setParams({ state: value, cursor: null })}
          className="@max-xl:w-full @xl:w-56"
        />
      </div>
      <div
        className={clsx(
          "overflow-hidden rounded-xl border bg-surface transition-opacity duration-150",
          loading && "opacity-55",
        )}
      >
        {deliveries.items.length > 0 ? (
          <DeliveriesTable deliveries={deliveries.items} now={now} onOpen={({ id }) => setOpened({ open: true, id })} />
        ) : state === "all" ? (
          <EmptyState
            icon={<Inbox />}
            title={text("Nothing was sent yet")}
            text={text(
              "What is sent appears here, with what came of it, for 30 days. Send a test to see whether messages arrive.",
            )}
          />
        ) : (
          <EmptyState
            icon={<Inbox />}
            title={text("No deliveries in this state")}
            text={text("Others may be there.")}
            action={<Button onClick={() => void setParams({ state: "all", cursor: null })}>{text("Show all")}</Button>}
          />
        )}
      </div>
      <PageNav
        label={text("Pages of deliveries")}
        previousCursor={deliveries.previousCursor}
        nextCursor={deliveries.nextCursor}
        onCursorChange={(cursor) => void setParams({ cursor })}
      />
      {opened !== null && delivery !== undefined && (
        <DeliveryDialog
          open={opened.open}
          onOpenChange={() => setOpened({ ...opened, open: false })}
          delivery={delivery}
          now={now}
          resend={() =>
            act(() => actions.resend(delivery.id), {
              done: text("The message is sent again"),
              failed: text("Not sent again"),
            })
          }
          resending={pending}
          resendReason={reasonAgainstSending}
        />
      )}
      <WebhookDialogs
        chosen={chosen && { ...chosen, webhook }}
        onClose={() => setChosen((before) => before && { ...before, open: false })}
        actions={actions}
        onDeleted={() => router.push(listHref)}
        finalFocus={testButton}
      />
    </section>
  );
}
