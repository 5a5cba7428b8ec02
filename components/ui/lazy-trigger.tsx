"use client";

import { useRender } from "@base-ui/react/use-render";
import { type KeyboardEvent, type ReactElement, type ReactNode, useState } from "react";
import { preload, useLazy } from "./use-lazy";

interface LazyTriggerProps<Parts> {
  /** The code of what the button opens. */
  load: () => Promise<Parts>;
  /** The button. */
  trigger: ReactElement;
  popup: "menu" | "dialog" | "listbox";
  /** What takes the button's place once it was pressed: the same button, with what it opens, open. */
  children: (parts: Parts) => ReactNode;
}

/** A button whose popup is loaded when the pointer or focus comes to it, and is there from its first press on. */
export function LazyTrigger<Parts>({ load, trigger, popup, children }: LazyTriggerProps<Parts>) {
  const [wanted, setWanted] = useState(false);
  const parts = useLazy(load, wanted, () => setWanted(false));
  const button = useRender({
    render: trigger,
    props: {
      "aria-haspopup": popup,
      "aria-expanded": false,
      "aria-busy": wanted,
      onClick: () => setWanted(true),
      onPointerEnter: () => preload(load),
      onFocus: () => preload(load),
      onKeyDown: (event: KeyboardEvent) => {
        if (popup === "dialog" || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
        event.preventDefault();
        setWanted(true);
      },
    },
  });
  return parts === null ? button : children(parts);
}
