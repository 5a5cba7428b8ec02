"use client";

import { useDeferredValue, useEffect, useEffectEvent, useState } from "react";
import { toast } from "sonner";
import { useText } from "#text";

/**
 * Code that is loaded once it is wanted; null until it is there. What a page shows at first stays light.
 * If it cannot be loaded the user is told, and `onFailure` takes back the wish, so that asking again tries again.
 */
export function useLazy<Code>(load: () => Promise<Code>, wanted: boolean, onFailure: () => void): Code | null {
  const text = useText();
  const [loaded, setLoaded] = useState<Code | null>(null);
  const fail = useEffectEvent(() => {
    onFailure();
    toast.error(text("This could not be loaded"), { description: text("Check the connection and try again.") });
  });
  const start = useEffectEvent(() => {
    load().then(
      (code) => setLoaded(() => code),
      () => fail(),
    );
  });
  const missing = wanted && loaded === null;
  useEffect(() => {
    if (missing) start();
  }, [missing]);
  // What it draws may be much: the press that asked for it shows first.
  return useDeferredValue(loaded);
}

/** Loads ahead of the click, where it is likely; if that fails, the click says so. */
export function preload(load: () => Promise<unknown>): void {
  void load().catch(() => undefined);
}
