"use client";

import { SearchCheck } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { FoundToken, IdentifyToken, RevokeFoundToken } from "./found-token";
import { FoundTokenForm } from "./found-token-form";
import { FoundTokenResult } from "./found-token-result";

interface FoundTokenDialogProps {
  identify: IdentifyToken;
  revoke: RevokeFoundToken;
}

/** For a secret that turned up where it should not be: a button, and the dialog that tells which token it is. */
export function FoundTokenDialog({ identify, revoke }: FoundTokenDialogProps) {
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [found, setFound] = useState<FoundToken | null>(null);

  return (
    <>
      <Button
        variant="ghost"
        className="max-sm:w-full"
        onClick={() => {
          setFound(null);
          setOpen(true);
        }}
      >
        <SearchCheck aria-hidden="true" />I found a token…
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="I found a token"
        description={
          found === null
            ? "Paste a secret that turned up where it should not be, and see which token it is."
            : "The secret you pasted is this token's. It is not kept."
        }
        initialFocus={input}
        keepOnOutsidePress
      >
        {/* Mounted only while open: nothing of one secret is left when the next is pasted. */}
        {found === null ? (
          <FoundTokenForm input={input} identify={identify} onFound={setFound} onCancel={() => setOpen(false)} />
        ) : (
          <FoundTokenResult
            key={found.token.id}
            found={found}
            revoke={revoke}
            onAgain={() => setFound(null)}
            onClose={() => setOpen(false)}
          />
        )}
      </Dialog>
    </>
  );
}
