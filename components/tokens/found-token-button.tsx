"use client";

import { SearchCheck } from "lucide-react";
import { useState } from "react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { preload, useLazy } from "@/components/ui/use-lazy";
import type { FoundTokenDialogProps } from "./found-token-dialog";

/** For a secret that turned up where it should not be: the way to find out which token it is. */
export function FoundTokenButton(actions: Pick<FoundTokenDialogProps, "identify" | "revoke">) {
  const text = useText();
  const [open, setOpen] = useState(false);
  const Dialog = useLazy(loadDialog, open, () => setOpen(false));
  return (
    <>
      <Button
        variant="ghost"
        className="max-sm:w-full"
        onClick={() => setOpen(true)}
        onPointerEnter={() => preload(loadDialog)}
        onFocus={() => preload(loadDialog)}
        pending={open && Dialog === null}
      >
        <SearchCheck aria-hidden="true" />
        {text("I found a token…")}
      </Button>
      {Dialog !== null && <Dialog {...actions} open={open} onOpenChange={setOpen} />}
    </>
  );
}

async function loadDialog() {
  return (await import("./found-token-dialog")).FoundTokenDialog;
}
