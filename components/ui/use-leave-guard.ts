"use client";

import { useEffect, useEffectEvent } from "react";

interface LeaveGuard {
  /** Whether there is something on the page that leaving would take away. The back button then is `onAttempt`. */
  open: boolean;
  /** Whether leaving has to be confirmed: by links and the back button in the page, by the browser when it closes. */
  held: boolean;
  /** The user tried to leave. */
  onAttempt: () => void;
  /** The page is put away, perhaps to be shown again from the back/forward cache. */
  onHide: () => void;
}

/** Keeps the user from leaving the page by accident. */
export function useLeaveGuard({ open, held, onAttempt, onHide }: LeaveGuard): void {
  const attempt = useEffectEvent(() => {
    onAttempt();
    return held;
  });
  const hide = useEffectEvent(onHide);

  useEffect(() => {
    if (!held) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      if (link === null || link.target === "_blank" || link.hasAttribute("download")) return;
      event.preventDefault();
      event.stopPropagation();
      attempt();
    };
    // A palette that opens over the page could lead away from it.
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") event.stopImmediatePropagation();
    };
    window.addEventListener("beforeunload", warn);
    window.addEventListener("click", onClick, { capture: true });
    window.addEventListener("keydown", onKey, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", warn);
      window.removeEventListener("click", onClick, { capture: true });
      window.removeEventListener("keydown", onKey, { capture: true });
    };
  }, [held]);

  useEffect(() => {
    if (!open) return;
    // One more entry for the same address: going back takes that one, and the page stays.
    let href = "";
    let armed = false;
    const arm = () => {
      window.history.pushState(null, "");
      href = window.location.href;
      armed = true;
    };
    const onBack = () => {
      armed = false;
      if (attempt()) arm();
    };
    const onPageHide = () => {
      armed = false;
      hide();
    };
    arm();
    window.addEventListener("popstate", onBack);
    window.addEventListener("pagehide", onPageHide);
    return () => {
      window.removeEventListener("popstate", onBack);
      window.removeEventListener("pagehide", onPageHide);
      if (armed && window.location.href === href) window.history.back();
    };
  }, [open]);
}
