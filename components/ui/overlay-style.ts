/** The looks that dialogs, alert dialogs and drawers share. On phones a dialog is a sheet from the bottom. */
export const backdropStyle =
  "fixed inset-0 z-40 bg-backdrop transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0";

export const dialogViewportStyle =
  "fixed inset-0 z-40 flex justify-center overflow-hidden max-sm:items-end sm:items-start sm:px-4 sm:pt-[max(1.5rem,8dvh)] sm:pb-6";

// Beneath another dialog it is dimmed: a backdrop is behind the first one only.
export const dialogPopupStyle =
  "relative data-nested-dialog-open:after:absolute data-nested-dialog-open:after:inset-0 data-nested-dialog-open:after:rounded-[inherit] data-nested-dialog-open:after:bg-backdrop flex w-full flex-col bg-raised text-foreground shadow-overlay outline-hidden transition-[opacity,scale,translate] duration-150 ease-out max-sm:max-h-[94dvh] max-sm:rounded-t-xl sm:max-h-full sm:rounded-xl data-ending-style:opacity-0 data-starting-style:opacity-0 max-sm:data-ending-style:translate-y-4 max-sm:data-starting-style:translate-y-4 sm:data-ending-style:scale-98 sm:data-starting-style:scale-98";

export const overlayHeaderStyle = "flex items-start gap-4 px-5 pt-4 pb-3 max-sm:px-4";
export const overlayTitleStyle = "text-lg font-semibold tracking-tight";
export const overlayDescriptionStyle = "mt-0.5 text-sm text-muted";
