"use client";

import { type ComponentType, useEffect, useEffectEvent, useState } from "react";
import { toast } from "sonner";

/**
 * A component whose code is loaded once it is wanted; null until it is there. What a page shows at first stays light.
 * If it cannot be loaded the user is told, and `onFailure` takes back the wish, so that asking again tries again.
 */
export function useLazy<Props>(
  load: () => Promise<ComponentType<Props>>,
  wanted: boolean,
  onFailure: () => void,
): ComponentType<Props> | null {
  const [Loaded, setLoaded] = useState<ComponentType<Props> | null>(null);
  const fail = useEffectEvent(() => {
    onFailure();
    toast.error("This could not be loaded", { description: "Check the connection and try again." });
  });
  const start = useEffectEvent(() => {
    load().then(
      (component) => setLoaded(() => component),
      () => fail(),
    );
  });
  const missing = wanted && Loaded === null;
  useEffect(() => {
    if (missing) start();
  }, [missing]);
  return Loaded;
}

/** Loads ahead of the click, where it is likely; if that fails, the click says so. */
export function preload(load: () => Promise<unknown>): void {
  void load().catch(() => undefined);
}
