import type { ReactNode } from "react";

/** The scrolling middle of a dialog or drawer. Positioned, so that hidden inputs inside scroll with it. */
export function OverlayBody({ children }: { children: ReactNode }) {
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pt-1 pb-5 max-sm:px-4">
      {children}
    </div>
  );
}

/** The bar of actions at the end: the way out first, then the action. */
export function OverlayFooter({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-end gap-2 border-t px-5 py-3 max-sm:px-4 max-sm:pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      {children}
    </div>
  );
}
