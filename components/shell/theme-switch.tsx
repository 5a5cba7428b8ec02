"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { Button } from "@/components/ui/button";
import { Menu, MenuRadio } from "@/components/ui/menu";

const themes = [
  { value: "light", label: "Light", icon: <Sun aria-hidden="true" /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden="true" /> },
  { value: "system", label: "System", icon: <Monitor aria-hidden="true" /> },
] as const;
type Theme = (typeof themes)[number]["value"];

export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label="Theme">
          {/* Drawn by class, not by state: the server does not know the theme, and hydration must match. */}
          <Sun aria-hidden="true" className="dark:hidden" />
          <Moon aria-hidden="true" className="hidden dark:block" />
        </Button>
      }
      className="min-w-36"
    >
      <MenuRadio<Theme>
        label="Theme"
        value={themes.find(({ value }) => value === theme)?.value}
        onValueChange={setTheme}
        options={themes}
      />
    </Menu>
  );
}
