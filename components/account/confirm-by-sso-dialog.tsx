"use client";

import { useEffect, useRef } from "react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { Dialog } from "@/components/ui/dialog";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { confirmationChannel } from "./reauthentication";

export interface Asking {
  answer: (confirmed: boolean) => void;
}

interface ConfirmBySsoDialogProps {
  asking: Asking | null;
  /** What people call the provider. */
  name: string;
  href: string;
}

/** Asks whoever signed in at the OpenID provider to do so anew, in a tab of its own: the form below keeps what it holds. */
export function ConfirmBySsoDialog({ asking, name, href }: ConfirmBySsoDialogProps) {
  const text = useText();
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (asking === null) return;
    const channel = new BroadcastChannel(confirmationChannel);
    channel.onmessage = () => asking.answer(true);
    return () => channel.close();
  }, [asking]);
  return (
    <Dialog
      open={asking !== null}
      onOpenChange={(open) => open || asking?.answer(false)}
      title={text("Confirm who you are")}
      description={text("What you are about to do gives away much, so it takes more than an open browser.")}
      size="sm"
      keepOnOutsidePress
      initialFocus={link}
    >
      <OverlayBody>
        <p>{text("{name} asks for your password in a new tab. Then this goes on by itself.", { name })}</p>
      </OverlayBody>
      <OverlayFooter>
        <Button onClick={() => asking?.answer(false)}>{text("Cancel")}</Button>
        <a ref={link} href={href} target="_blank" rel="noopener" className={buttonStyle("primary", "md")}>
          {text("Confirm with {name}", { name })}
        </a>
      </OverlayFooter>
    </Dialog>
  );
}
