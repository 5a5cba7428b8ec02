"use client";

import { clsx } from "clsx";
import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { useText } from "#text";
import { Input } from "./input";

interface PasswordInputProps extends Omit<ComponentProps<typeof Input>, "type"> {
  autoComplete: "current-password" | "new-password";
  /** What the eye shows, where several passwords are on a page. */
  revealLabel?: string;
}

/** A password, which can be looked at while it is typed. */
export function PasswordInput({ className, revealLabel, ...rest }: PasswordInputProps) {
  const text = useText();
  const [revealed, setRevealed] = useState(false);
  const Icon = revealed ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input
        {...rest}
        type={revealed ? "text" : "password"}
        autoCapitalize="none"
        spellCheck={false}
        className={clsx("pr-10", className)}
      />
      <button
        type="button"
        aria-label={revealLabel ?? text("Show password")}
        aria-pressed={revealed}
        onClick={() => setRevealed(!revealed)}
        className="absolute top-1/2 right-1 grid size-6 -translate-y-1/2 place-items-center rounded-sm text-muted hover:bg-hover hover:text-foreground max-sm:size-8"
      >
        <Icon aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
}
