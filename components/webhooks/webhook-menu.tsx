"use client";

import { Ellipsis, Pencil, Power, PowerOff, RefreshCw, ScrollText, Send, Trash2 } from "lucide-react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import type { WebhookView } from "@/lib/webhooks/schema";
import type { WebhookDialogAction } from "./webhook-actions";
import { hostOf } from "./webhook-wording";

interface WebhookMenuProps {
  webhook: WebhookView;
  /** Where its deliveries are; undefined where they are shown already. */
  deliveriesHref: string | undefined;
  readOnlyReason: string | undefined;
  onDialog: (action: WebhookDialogAction) => void;
  onTurnOn: () => void;
  onSendTest: () => void;
}

export function WebhookMenu(props: WebhookMenuProps) {
  const text = useText();
  const { webhook, deliveriesHref, readOnlyReason, onDialog, onTurnOn, onSendTest } = props;
  return (
    <Menu
      trigger={
        <Button
          variant={deliveriesHref === undefined ? "secondary" : "ghost"}
          size="icon"
          aria-label={text("Actions for {name}", { name: hostOf(webhook.url) })}
        >
          <Ellipsis aria-hidden="true" />
        </Button>
      }
    >
      {deliveriesHref !== undefined && (
        <>
          <MenuLink href={deliveriesHref} icon={<ScrollText aria-hidden="true" />}>
            {text("See deliveries")}
          </MenuLink>
          <MenuItem
            icon={<Send aria-hidden="true" />}
            onSelect={onSendTest}
            disabledReason={readOnlyReason ?? (webhook.enabled ? undefined : text("Turn it on first."))}
          >
            {text("Send test")}
          </MenuItem>
        </>
      )}
      <MenuItem icon={<Pencil aria-hidden="true" />} onSelect={() => onDialog("edit")} disabledReason={readOnlyReason}>
        {text("Edit…")}
      </MenuItem>
      <MenuItem
        icon={<RefreshCw aria-hidden="true" />}
        onSelect={() => onDialog("rotate")}
        disabledReason={readOnlyReason}
      >
        {text("Rotate secret…")}
      </MenuItem>
      <MenuSeparator />
      {webhook.enabled ? (
        <MenuItem
          icon={<PowerOff aria-hidden="true" />}
          onSelect={() => onDialog("turn-off")}
          disabledReason={readOnlyReason}
        >
          {text("Turn off…")}
        </MenuItem>
      ) : (
        <MenuItem icon={<Power aria-hidden="true" />} onSelect={onTurnOn} disabledReason={readOnlyReason}>
          {text("Turn on")}
        </MenuItem>
      )}
      <MenuItem
        icon={<Trash2 aria-hidden="true" />}
        tone="danger"
        onSelect={() => onDialog("delete")}
        disabledReason={readOnlyReason}
      >
        {text("Delete…")}
      </MenuItem>
    </Menu>
  );
}
