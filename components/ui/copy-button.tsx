"use client";

import { clsx } from "clsx";
import { Check, Copy } from "lucide-react";
import { type RefObject, useRef, useState } from "react";
import { useText } from "#text";
import { Button } from "./button";
import type { ButtonSize, ButtonVariant } from "./button-style";
import { copyText } from "./copy-text";

interface CopyButtonProps {
  text: string;
  /** What an icon alone stands for, such as "Copy secret". */
  label: string;
  /** Visible words beside the icon; without them it is an icon button. */
  children?: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** As wide as its container. */
  block?: boolean;
  onCopied?: () => void;
  buttonRef?: RefObject<HTMLButtonElement | null>;
  className?: string;
}

const shownForMs = 2000;

export function CopyButton({
  text: content,
  label,
  children,
  variant = "ghost",
  size = children === undefined ? "icon" : "md",
  block = false,
  onCopied,
  buttonRef,
  className,
}: CopyButtonProps) {
  const text = useText();
  const [outcome, setOutcome] = useState<"none" | "copied" | "failed">("none");
  const container = useRef<HTMLSpanElement>(null);
  const timer = useRef<number>(undefined);

  async function copy() {
    if (!container.current) return;
    const copied = await copyText(content, container.current);
    setOutcome(copied ? "copied" : "failed");
    if (copied) onCopied?.();
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOutcome("none"), shownForMs);
  }

  return (
    <span ref={container} className={clsx("relative", block ? "flex" : "inline-flex")}>
      <Button
        variant={variant}
        size={size}
        // Visible words are the name themselves, so that speech control finds the button by what it shows.
        {...(children === undefined && { "aria-label": label })}
        {...(buttonRef && { ref: buttonRef })}
        onClick={copy}
        className={clsx(block && "w-full", className)}
      >
        {outcome === "copied" ? (
          <Check aria-hidden="true" className="text-success-text" />
        ) : (
          <Copy aria-hidden="true" />
        )}
        {children !== undefined && (outcome === "copied" ? text("Copied") : children)}
      </Button>
      <span role="status" className="sr-only">
        {outcome === "copied" && text("Copied")}
        {outcome === "failed" && text("The browser refused to copy. Select the text and copy it yourself.")}
      </span>
      {outcome === "failed" && (
        <span
          aria-hidden="true"
          className="absolute top-full right-0 z-10 mt-1 w-48 rounded-md bg-foreground px-2 py-1 text-xs text-background"
        >
          {text("The browser refused to copy. Select the text and copy it yourself.")}
        </span>
      )}
    </span>
  );
}
