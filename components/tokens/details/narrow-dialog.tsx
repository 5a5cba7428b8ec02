"use client";

import { toast } from "sonner";
import { useText } from "#text";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { TokenView } from "@/lib/tokens/schema";
import type { EditTokenFormProps } from "../edit-token-form";

interface NarrowDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  token: TokenView;
  /** What goes. */
  unusedScopes: readonly string[];
  update: EditTokenFormProps["update"];
}

/** Takes the scopes a token does not use from it, in place, once it has named them. */
export function NarrowDialog({ open, onOpenChange, token, unusedScopes, update }: NarrowDialogProps) {
  const text = useText();
  const kept = token.scopes.filter((scope) => !unusedScopes.includes(scope));
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={text("Narrow “{name}” to {count, plural, one {# scope} other {# scopes}}?", {
        name: token.name,
        count: kept.length,
      })}
      description={text(
        "From the next call on, what needs another scope is refused. The secret stays the same. This cannot be undone; for more scopes again, create a new token.",
      )}
      confirmLabel={text("Narrow token")}
      pendingLabel={text("Narrowing…")}
      failureTitle={text("The token was not narrowed")}
      lost={text(
        "The server did not answer, so the scopes may or may not be gone. Look at the token before you try again.",
      )}
      confirm={() => update(token.id, { scopes: kept })}
      onDone={() => {
        onOpenChange(false);
        toast.success(
          text("Narrowed “{name}” to {count, plural, one {# scope} other {# scopes}}", {
            name: token.name,
            count: kept.length,
          }),
        );
      }}
    >
      <ScopeNames title={text("Removed")} scopes={unusedScopes} />
      <ScopeNames title={text("Kept")} scopes={kept} />
    </ConfirmDialog>
  );
}

function ScopeNames({ title, scopes }: { title: string; scopes: readonly string[] }) {
  return (
    <div>
      <h3 className="font-medium">{title}</h3>
      <ul aria-label={title} className="mt-0.5 flex flex-wrap gap-x-3 gap-y-0.5 font-mono text-xs text-muted">
        {scopes.map((scope) => (
          <li key={scope}>{scope}</li>
        ))}
      </ul>
    </div>
  );
}
