"use client";

import { useEffect } from "react";
import { useText } from "#text";
import { BrandMark } from "@/components/shell/brand-mark";
import { SsoFailureBanner } from "@/components/shell/sso-failure-banner";
import type { SsoFailure } from "@/lib/sessions/schema";
import { confirmationChannel } from "./reauthentication";

/** Tells the page that asked, in another tab, that its user confirmed who they are; or here why not. */
export function Confirmed({ failure, name }: { failure: SsoFailure | null; name: string }) {
  const text = useText();
  useEffect(() => {
    if (failure !== null) return;
    const channel = new BroadcastChannel(confirmationChannel);
    channel.postMessage("confirmed");
    channel.close();
    // Browsers allow it only where it makes no difference to what came before.
    window.close();
  }, [failure]);
  return (
    <div className="grid w-full max-w-sm justify-items-center gap-4 text-center">
      <BrandMark className="size-10" />
      <h1 className="text-xl font-semibold tracking-tight">
        {failure === null ? text("Confirmed") : text("You were not confirmed")}
      </h1>
      {failure === null ? (
        <p className="text-muted">{text("You can close this tab: the page you came from goes on.")}</p>
      ) : (
        <>
          <SsoFailureBanner failure={failure} name={name} />
          <p className="text-muted">{text("Close this tab, and try again on the page you came from.")}</p>
        </>
      )}
    </div>
  );
}
