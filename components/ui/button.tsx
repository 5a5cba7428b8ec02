"use client";

import { Button as BaseButton } from "@base-ui/react/button";
import { type ComponentProps, useId } from "react";
import { type ButtonSize, type ButtonVariant, buttonStyle } from "./button-style";
import { Spinner } from "./spinner";
import { Tooltip } from "./tooltip";

interface ButtonProps extends Omit<ComponentProps<typeof BaseButton>, "className" | "disabled"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** At work: shows a spinner, keeps focus, ignores clicks. */
  pending?: boolean;
  /** What the button says while pending. */
  pendingLabel?: string;
  /** Why it cannot be used. It stays focusable, so that the reason can be reached by keyboard. */
  disabledReason?: string | undefined;
  className?: string;
}

export function Button({
  variant = "secondary",
  size = "md",
  pending = false,
  pendingLabel,
  disabledReason,
  className,
  children,
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const button = (
    <BaseButton
      {...rest}
      className={buttonStyle(variant, size, className)}
      disabled={pending || disabledReason !== undefined}
      focusableWhenDisabled
      {...(disabledReason !== undefined && { "aria-describedby": reasonId })}
    >
      {pending ? (
        <>
          <Spinner />
          {pendingLabel ?? children}
        </>
      ) : (
        children
      )}
    </BaseButton>
  );
  if (disabledReason === undefined) return button;
  return (
    <>
      <Tooltip content={disabledReason}>{button}</Tooltip>
      <span id={reasonId} hidden>
        {disabledReason}
      </span>
    </>
  );
}
