"use client";

import { createContext, type ReactElement, type ReactNode, use } from "react";
import { LazyTrigger } from "./lazy-trigger";

// A menu's code is loaded when its button is approached, and takes the button's place when it is pressed: a page of
// rows has many menus and opens few.

export interface MenuProps {
  /** The button that opens it, with its accessible name. */
  trigger: ReactElement;
  align?: "start" | "center" | "end";
  children: ReactNode;
  className?: string;
}

export interface MenuItemProps {
  icon?: ReactNode;
  onSelect: () => void;
  tone?: "default" | "danger";
  /** Why it cannot be used. The item stays focusable and shows the reason. */
  disabledReason?: string | undefined;
  children: ReactNode;
}

export interface MenuLinkProps {
  href: string;
  icon?: ReactNode;
  children: ReactNode;
}

export interface MenuRadioProps<Value extends string> {
  label: string;
  value: Value | undefined;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
}

export interface MenuCheckboxProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  children: ReactNode;
}

export interface MenuSubProps {
  label: string;
  icon?: ReactNode;
  onOpen?: () => void;
  children: ReactNode;
}

export interface MenuGroupProps {
  label: ReactNode;
  children: ReactNode;
}

type MenuParts = typeof import("./menu-parts");
const Parts = createContext<MenuParts | null>(null);

/** A button, and what it opens. */
export function Menu(props: MenuProps) {
  return (
    <LazyTrigger load={loadParts} trigger={props.trigger} popup="menu">
      {(parts) => (
        <Parts value={parts}>
          <parts.Menu {...props} />
        </Parts>
      )}
    </LazyTrigger>
  );
}

export function MenuItem(props: MenuItemProps) {
  const parts = useParts();
  return <parts.MenuItem {...props} />;
}

/** An item that leads somewhere: an anchor, so that it opens in a new tab as well. */
export function MenuLink(props: MenuLinkProps) {
  const parts = useParts();
  return <parts.MenuLink {...props} />;
}

export function MenuRadio<Value extends string>(props: MenuRadioProps<Value>) {
  const parts = useParts();
  return <parts.MenuRadio {...props} />;
}

/** Something on or off; the menu stays open for the next one. */
export function MenuCheckbox(props: MenuCheckboxProps) {
  const parts = useParts();
  return <parts.MenuCheckbox {...props} />;
}

/** An item that opens a menu of its own beside it. */
export function MenuSub(props: MenuSubProps) {
  const parts = useParts();
  return <parts.MenuSub {...props} />;
}

/** Items under a heading that belongs to them, such as who is signed in. */
export function MenuGroup(props: MenuGroupProps) {
  const parts = useParts();
  return <parts.MenuGroup {...props} />;
}

export function MenuSeparator() {
  const parts = useParts();
  return <parts.MenuSeparator />;
}

function useParts(): MenuParts {
  const parts = use(Parts);
  if (parts === null) throw new Error("A menu's items stand within a Menu");
  return parts;
}

function loadParts() {
  return import("./menu-parts");
}
