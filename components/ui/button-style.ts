import { clsx } from "clsx";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "icon";

const variants: Readonly<Record<ButtonVariant, string>> = {
  primary:
    "bg-accent text-on-accent shadow-control not-aria-disabled:hover:bg-accent-hover aria-disabled:bg-hover aria-disabled:text-muted aria-disabled:shadow-none",
  secondary:
    "border border-border-strong bg-surface text-foreground shadow-control not-aria-disabled:hover:bg-subtle aria-disabled:bg-subtle aria-disabled:text-muted data-popup-open:bg-subtle",
  ghost: "text-foreground not-aria-disabled:hover:bg-hover aria-disabled:text-muted data-popup-open:bg-hover",
  danger:
    "bg-danger text-on-danger shadow-control not-aria-disabled:hover:bg-danger-hover aria-disabled:bg-hover aria-disabled:text-muted aria-disabled:shadow-none",
};

const sizes: Readonly<Record<ButtonSize, string>> = {
  sm: "h-7 gap-1.5 px-2.5 text-xs max-sm:h-9 max-sm:px-3",
  md: "h-8 gap-2 px-3 text-sm max-sm:h-10 max-sm:px-4",
  icon: "size-8 text-sm max-sm:size-10",
};

/** The looks of a button, also for links that act as one. */
export function buttonStyle(variant: ButtonVariant, size: ButtonSize, className?: string): string {
  return clsx(
    "inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap select-none",
    "transition-colors duration-100 aria-disabled:cursor-not-allowed [&_svg]:size-4 [&_svg]:shrink-0",
    variants[variant],
    sizes[size],
    className,
  );
}
