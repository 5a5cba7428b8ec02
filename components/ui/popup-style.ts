/** The looks that menus, selects, popovers and comboboxes share. */
export const popupStyle =
  "max-w-(--available-width) origin-(--transform-origin) rounded-lg bg-raised text-sm text-foreground shadow-raised outline-hidden transition-[opacity,scale] duration-100 ease-out data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0";
