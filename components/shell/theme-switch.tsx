"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { Menu, MenuRadio } from "@/components/ui/menu";
import { message } from "@/lib/text/message";

const themes = [
  { value: "light", label: message("Light"), icon: <Sun aria-hidden="true" /> },
  { value: "dark", label: message("Dark"), icon: <Moon aria-hidden="true" /> },
  { value: "system", label: message("System"), icon: <Monitor aria-hidden="true" /> },
] as const;
type Theme = (typeof themes)[number]["value"];

export function ThemeSwitch() {
  const text = useText();
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label={text("Theme")}>
          {/* Drawn by class, not by state: the server does not know the theme, and hydration must match. */}
          <Sun aria-hidden="true" className="dark:hidden" />
          <Moon aria-hidden="true" className="hidden dark:block" />
        </Button>
      }
      className="min-w-36"
    >
      <MenuRadio<Theme>
        label={text("Theme")}
        value={themes.find(({ value }) => value === theme)?.value}
        onValueChange={setTheme}
        options={themes.map((option) => ({ ...option, label: text.known(option.label) }))}
      />
    </Menu>
  );
}
