"use client";

import { useRender } from "@base-ui/react/use-render";
import { type PointerEvent, type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";
import { useLazy } from "./use-lazy";

export interface TooltipProps {
  content: ReactNode;
  side?: "top" | "bottom" | "left" | "right";
  /** The element it belongs to. A tooltip is visual only: the element names and describes itself. */
  children: ReactElement;
}

const openDelayMilliseconds = 400;
/** Long enough to reach the tooltip with the pointer (WCAG 1.4.13). */
const closeDelayMilliseconds = 120;

/** Opens on hover and on keyboard focus. What shows it is loaded then: a page has many, and few are ever seen. */
export function Tooltip({ content, side = "top", children }: TooltipProps) {
  const anchor = useRef<HTMLElement>(null);
  const timer = useRef<number | undefined>(undefined);
  const [open, setOpen] = useState(false);
  const popup = useLazy(loadPopup, open, () => setOpen(false));
  useEffect(() => () => window.clearTimeout(timer.current), []);

  function change(next: boolean, delayMilliseconds: number) {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOpen(next), delayMilliseconds);
  }

  const stay = () => change(true, 0);
  const leave = () => change(false, closeDelayMilliseconds);
  const element = useRender({
    render: children,
    ref: anchor,
    props: {
      onPointerEnter: (event: PointerEvent) => {
        if (event.pointerType !== "touch") change(true, openDelayMilliseconds);
      },
      onPointerLeave: leave,
      onPointerDown: () => change(false, 0),
      onFocus: (event: { target: Element }) => {
        if (event.target.matches(":focus-visible")) change(true, 0);
      },
      onBlur: () => change(false, 0),
    },
  });
  return (
    <>
      {element}
      {popup !== null && (
        <popup.TooltipPopup
          {...{ anchor, content, side, open }}
          onClose={() => change(false, 0)}
          onPointerEnter={stay}
          onPointerLeave={leave}
        />
      )}
    </>
  );
}

function loadPopup() {
  return import("./tooltip-popup");
}
