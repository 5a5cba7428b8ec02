"use client";

import { Ban, CopyPlus, Ellipsis, Pencil, RefreshCw, Trash2 } from "lucide-react";
import type { RefObject } from "react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { TokenView } from "@/lib/tokens/schema";
import { isWorking } from "@/lib/tokens/vocabulary";
import { TokenStatusBadge } from "../token-status-badge";
import type { reasonsAgainst } from "./token-actions";

interface TokenHeaderProps {
  token: TokenView;
  reasons: ReturnType<typeof reasonsAgainst>;
  onEdit: () => void;
  onRotate: () => void;
  onRevoke: () => void;
  /** A second token of a working one, a replacement of a dead one. */
  onCopySettings: () => void;
  onPurge: () => void;
  /** Where focus goes when nothing else is left to go to. */
  menuButton: RefObject<HTMLButtonElement | null>;
}

/** Which token it is, and what to do with it. */
export function TokenHeader(props: TokenHeaderProps) {
  const text = useText();
  const { token, reasons, onEdit, onRotate, onRevoke, onCopySettings, onPurge, menuButton } = props;
  const works = isWorking(token.status);
  return (
    <div className="mb-1 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="min-w-0 text-lg font-semibold tracking-tight wrap-anywhere">{token.name}</h2>
          <TokenStatusBadge status={token.status} />
        </div>
        <p className="mt-0.5 text-muted">
          {text.rich("API token {hint}", { hint: <code className="font-mono">{token.hint}</code> })}
        </p>
      </div>
      <div className="flex gap-2 max-sm:w-full max-sm:[&>button:not(:last-child)]:flex-1">
        {works ? (
          <>
            <Button onClick={onRotate} disabledReason={reasons.rotate}>
              <RefreshCw aria-hidden="true" />
              {text("Rotate…")}
            </Button>
            <Button onClick={onRevoke} disabledReason={reasons.revoke} className="not-aria-disabled:text-danger-text">
              <Ban aria-hidden="true" />
              {text("Revoke…")}
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={onCopySettings} disabledReason={reasons.create}>
            <CopyPlus aria-hidden="true" />
            {text("Create replacement…")}
          </Button>
        )}
        <Menu
          trigger={
            <Button ref={menuButton} size="icon" aria-label={text("More actions for {name}", { name: token.name })}>
              <Ellipsis aria-hidden="true" />
            </Button>
          }
        >
          <MenuItem icon={<Pencil aria-hidden="true" />} onSelect={onEdit} disabledReason={reasons.edit}>
            {text("Edit…")}
          </MenuItem>
          {works && (
            <MenuItem icon={<CopyPlus aria-hidden="true" />} onSelect={onCopySettings} disabledReason={reasons.create}>
              {text("Duplicate with changes…")}
            </MenuItem>
          )}
          {!works && (
            <>
              {token.status === "expired" && (
                <MenuItem icon={<Ban aria-hidden="true" />} onSelect={onRevoke} disabledReason={reasons.revoke}>
                  {text("Revoke…")}
                </MenuItem>
              )}
              <MenuSeparator />
              <MenuItem
                icon={<Trash2 aria-hidden="true" />}
                tone="danger"
                onSelect={onPurge}
                disabledReason={reasons.purge}
              >
                {text("Delete from list…")}
              </MenuItem>
            </>
          )}
        </Menu>
      </div>
    </div>
  );
}
