"use client";

import { clsx } from "clsx";
import { BookOpen, Building2, KeyRound, Languages, LogOut, UserRound } from "lucide-react";
import { useTransition } from "react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { Menu, MenuGroup, MenuItem, MenuLink, MenuSeparator, MenuSub } from "@/components/ui/menu";
import { Spinner } from "@/components/ui/spinner";
import { LanguageChoice } from "./language-choice";

export interface HeaderLink {
  kind: "tenant" | "organization";
  label: string;
  href: string;
  current: boolean;
}

interface UserMenuProps {
  user: { name: string; email: string };
  profileHref: string;
  /** The settings this user can open. */
  links: readonly HeaderLink[];
  onSignOut: () => void | Promise<void>;
}

export function UserMenu({ user, profileHref, links, onSignOut }: UserMenuProps) {
  const text = useText();
  const [pending, startTransition] = useTransition();
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" className="rounded-full">
          <span className="sr-only">{text("Account: {name}", { name: user.name })}</span>
          <span
            aria-hidden="true"
            data-initials={initials(user.name)}
            className={clsx(
              "grid size-7 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-text ring-1 ring-accent-line",
              // As generated content, so that the initials are not taken for the button's name.
              !pending && "before:content-[attr(data-initials)]",
            )}
          >
            {pending && <Spinner />}
          </span>
        </Button>
      }
      className="min-w-56"
    >
      <MenuGroup
        label={
          <>
            <span className="block truncate font-medium">{user.name}</span>
            <span className="block truncate text-xs text-muted">{user.email}</span>
          </>
        }
      >
        <MenuLink href={profileHref} icon={<UserRound aria-hidden="true" />}>
          {text("Profile")}
        </MenuLink>
        {links.map(({ kind, label, href }) => (
          <MenuLink
            key={kind}
            href={href}
            icon={kind === "tenant" ? <KeyRound aria-hidden="true" /> : <Building2 aria-hidden="true" />}
          >
            {label}
          </MenuLink>
        ))}
        <MenuLink href="/docs" icon={<BookOpen aria-hidden="true" />}>
          {text("Docs")}
        </MenuLink>
        <MenuSub label={text("Language")} icon={<Languages aria-hidden="true" />}>
          <LanguageChoice />
        </MenuSub>
        <MenuSeparator />
        <MenuItem
          icon={<LogOut aria-hidden="true" />}
          onSelect={() =>
            startTransition(async () => {
              await onSignOut();
            })
          }
        >
          {text("Sign out")}
        </MenuItem>
      </MenuGroup>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? "?";
  const last = words.length > 1 ? (words[words.length - 1]?.[0] ?? "") : "";
  return `${first}${last}`.toUpperCase();
}
