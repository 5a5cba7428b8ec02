"use client";

import { Ban, CircleCheck, Copy, CopyPlus, Ellipsis, FileText, Pencil, RefreshCw, Trash2 } from "lucide-react";
import { toast } from "sonner";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import type { Text } from "@/lib/text/text";
import type { TokenView } from "@/lib/tokens/schema";
import { isWorking } from "@/lib/tokens/vocabulary";
import { reasonsAgainst, type TokenRights } from "./details/token-actions";

/** What is to be done with a token that its row's menu asked for. */
export type TokenIntent = "edit" | "rotate" | "copySettings" | "revoke" | "purge";

interface TokenRowMenuProps {
  token: TokenView;
  detailsHref: string;
  rights: TokenRights;
  onIntent: (intent: TokenIntent, token: TokenView) => void;
  /** The menu may be wanted soon, and what it opens after it. */
  onApproach: () => void;
}

/** Everything that can be done with one token, from its row. */
export function TokenRowMenu({ token, detailsHref, rights, onIntent, onApproach }: TokenRowMenuProps) {
  const text = useText();
  const reasons = reasonsAgainst(token, rights, text);
  const works = isWorking(token.status);
  return (
    <Menu
      trigger={
        <Button
          variant="ghost"
          size="icon"
          aria-label={text("Actions for {name}", { name: token.name })}
          onPointerEnter={onApproach}
          onFocus={onApproach}
        >
          <Ellipsis aria-hidden="true" />
        </Button>
      }
    >
      <MenuLink href={detailsHref} icon={<FileText aria-hidden="true" />}>
        {text("View details")}
      </MenuLink>
      {token.status === "superseded" && (
        <MenuLink href={`${detailsHref}#rotation`} icon={<CircleCheck aria-hidden="true" />}>
          {text("Finish rotation…")}
        </MenuLink>
      )}
      <MenuItem icon={<Copy aria-hidden="true" />} onSelect={() => void copyId(token, text)}>
        {text("Copy token ID")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Pencil aria-hidden="true" />}
        disabledReason={reasons.edit}
        onSelect={() => onIntent("edit", token)}
      >
        {text("Edit…")}
      </MenuItem>
      <MenuItem
        icon={<RefreshCw aria-hidden="true" />}
        disabledReason={reasons.rotate}
        onSelect={() => onIntent("rotate", token)}
      >
        {text("Rotate…")}
      </MenuItem>
      <MenuItem
        icon={<CopyPlus aria-hidden="true" />}
        disabledReason={reasons.create}
        onSelect={() => onIntent("copySettings", token)}
      >
        {works ? text("Duplicate with changes…") : text("Create replacement…")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Ban aria-hidden="true" />}
        tone="danger"
        disabledReason={reasons.revoke}
        onSelect={() => onIntent("revoke", token)}
      >
        {text("Revoke…")}
      </MenuItem>
      {!works && (
        <MenuItem
          icon={<Trash2 aria-hidden="true" />}
          tone="danger"
          disabledReason={reasons.purge}
          onSelect={() => onIntent("purge", token)}
        >
          {text("Delete from list…")}
        </MenuItem>
      )}
    </Menu>
  );
}

async function copyId({ id }: TokenView, text: Text) {
  if (await copyText(id, document.body)) toast.success(text("Token ID copied"));
  else toast.error(text("The browser refused to copy the token ID"), { description: id });
}
