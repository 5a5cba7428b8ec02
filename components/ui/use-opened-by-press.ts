"use client";

import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";

interface Opened {
  button: RefObject<HTMLButtonElement | null>;
  open: boolean;
  setOpen: (open: boolean) => void;
}

/** For what takes the place of a LazyTrigger's button: it opens by itself, and focus comes back to the new button. */
export function useOpenedByPress(pressed = true): Opened {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const start = useEffectEvent(() => {
    if (!pressed) return;
    button.current?.focus();
    setOpen(true);
  });
  useEffect(() => start(), []);
  return { button, open, setOpen };
}
