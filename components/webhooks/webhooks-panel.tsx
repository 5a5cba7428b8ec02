"use client";

import { Plus, Webhook } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { maxWebhooks, type WebhookView } from "@/lib/webhooks/schema";
import { useQuickAction } from "./use-quick-action";
import type { IssuedWebhook, WebhookActions, WebhookDialogAction } from "./webhook-actions";
import { WebhookDialog } from "./webhook-dialog";
import { WebhookDialogs } from "./webhook-dialogs";
import { WebhookMenu } from "./webhook-menu";
import { WebhookSecretDrawer } from "./webhook-secret-drawer";
import { hostOf } from "./webhook-wording";
import { WebhooksTable } from "./webhooks-table";

interface WebhooksPanelProps {
  tenantName: string;
  webhooks: readonly WebhookView[];
  /** The server's time of rendering, RFC 3339. */
  now: string;
  listHref: string;
  readOnlyReason: string | undefined;
  actions: WebhookActions;
}

/** Tenant settings → Webhooks. A new secret is held here, and only while its drawer is open. */
export function WebhooksPanel({ tenantName, webhooks, now, listHref, readOnlyReason, actions }: WebhooksPanelProps) {
  const text = useText();
  const router = useRouter();
  const createButton = useRef<HTMLButtonElement>(null);
  const { act } = useQuickAction();
  const [creating, setCreating] = useState(false);
  const [issued, setIssued] = useState<IssuedWebhook | null>(null);
  const [chosen, setChosen] = useState<{ open: boolean; action: WebhookDialogAction; webhook: WebhookView } | null>(
    null,
  );
  const isFull =
    webhooks.length >= maxWebhooks
      ? text("A tenant can have {count, number} webhooks. Delete one first.", { count: maxWebhooks })
      : undefined;
  const hrefOf = ({ id }: WebhookView) => `${listHref}&webhook=${id}`;
  const create = (
    <Button
      ref={createButton}
      variant="primary"
      className={webhooks.length > 0 ? "max-sm:w-full" : ""}
      onClick={() => setCreating(true)}
      disabledReason={readOnlyReason ?? isFull}
    >
      <Plus aria-hidden="true" />
      {text("Create webhook")}
    </Button>
  );

  return (
    <section aria-label={text("Webhooks")} className="@container">
      <div className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-lg font-semibold tracking-tight">{text("Webhooks")}</h2>
          <p className="mt-0.5 max-w-2xl text-muted">
            {text("Signed messages to addresses of your own about what happens to the API tokens of {tenant}.", {
              tenant: tenantName,
            })}
          </p>
        </div>
        {webhooks.length > 0 && create}
      </div>
      <div className="overflow-hidden rounded-xl border bg-surface">
        {webhooks.length > 0 ? (
          <WebhooksTable
            webhooks={webhooks}
            now={now}
            hrefOf={hrefOf}
            menuOf={(webhook) => (
              <WebhookMenu
                webhook={webhook}
                deliveriesHref={hrefOf(webhook)}
                readOnlyReason={readOnlyReason}
                onDialog={(action) => setChosen({ open: true, action, webhook })}
                onTurnOn={() =>
                  act(() => actions.update(webhook.id, { enabled: true }), {
                    done: text("Turned on the webhook at {host}", { host: hostOf(webhook.url) }),
                    failed: text("Not turned on"),
                  })
                }
                onSendTest={() =>
                  act(
                    () => actions.sendTest(webhook.id),
                    { done: text("A test message is on its way"), failed: text("No test was sent") },
                    () => router.push(hrefOf(webhook)),
                  )
                }
              />
            )}
          />
        ) : (
          <EmptyState
            icon={<Webhook />}
            title={text("No webhooks yet")}
            text={text(
              "Have a program of yours told when a token is about to expire, is rotated or revoked, or is used from a new network.",
            )}
            action={create}
          />
        )}
      </div>
      <WebhookDialog
        open={creating}
        onOpenChange={setCreating}
        webhook={null}
        send={actions.create}
        onDone={(created) => {
          setCreating(false);
          setIssued(created);
        }}
        // After a success the drawer is open already, and focus belongs in there.
        finalFocus={() => (issued === null ? createButton.current : false)}
      />
      <WebhookSecretDrawer issued={issued} onClose={() => setIssued(null)} finalFocus={createButton} />
      <WebhookDialogs
        chosen={chosen}
        onClose={() => setChosen((before) => before && { ...before, open: false })}
        actions={actions}
        finalFocus={createButton}
      />
    </section>
  );
}
