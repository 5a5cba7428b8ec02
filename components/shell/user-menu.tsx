"use client";

import { LogOut } from "lucide-react";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { Spinner } from "@/components/ui/spinner";

interface UserMenuProps {
  user: { name: string; email: string };
  onSignOut: () => void | Promise<void>;
}

export function UserMenu({ user, onSignOut }: UserMenuProps) {
  const [pending, startTransition] = useTransition();
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" className="rounded-full">
          <span className="sr-only">Account: {user.name}</span>
          <span
            aria-hidden="true"
            className="grid size-6.5 place-items-center rounded-full border bg-accent-soft text-xs font-semibold text-accent-text"
          >
            {pending ? <Spinner /> : initials(user.name)}
          </span>
        </Button>
      }
      className="min-w-56"
    >
      <div className="px-2 py-1.5">
        <p className="truncate font-medium">{user.name}</p>
        <p className="truncate text-xs text-muted">{user.email}</p>
      </div>
      <MenuSeparator />
      <MenuItem
        icon={<LogOut aria-hidden="true" />}
        onSelect={() =>
          startTransition(async () => {
            await onSignOut();
          })
        }
      >
        Sign out
      </MenuItem>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? "?";
  const last = words.length > 1 ? (words[words.length - 1]?.[0] ?? "") : "";
  return `${first}${last}`.toUpperCase();
}
