import { clsx } from "clsx";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const tones = {
  info: { style: "border-border bg-subtle", icon: Info, iconStyle: "text-muted" },
  success: { style: "border-success-line bg-success-soft", icon: CircleCheck, iconStyle: "text-success-text" },
  warning: { style: "border-warning-line bg-warning-soft", icon: TriangleAlert, iconStyle: "text-warning-text" },
  danger: { style: "border-danger-line bg-danger-soft", icon: CircleAlert, iconStyle: "text-danger-text" },
} as const;

interface BannerProps {
  tone?: keyof typeof tones;
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Announce at once, and let a script move focus here: for what appears after something the user did. */
  announce?: boolean;
  className?: string;
}

export function Banner({ tone = "info", title, children, action, announce = false, className }: BannerProps) {
  const { style, icon: Icon, iconStyle } = tones[tone];
  return (
    <div
      {...(announce && { role: "alert", tabIndex: -1 })}
      className={clsx("flex items-start gap-2.5 rounded-lg border px-3 py-2.5", style, className)}
    >
      <Icon aria-hidden="true" className={clsx("mt-0.5 size-4 shrink-0", iconStyle)} />
      <div className="min-w-0 flex-1">
        {title !== undefined && <p className="font-medium">{title}</p>}
        {children !== undefined && <div className="text-sm text-foreground/85">{children}</div>}
        {action !== undefined && <div className="mt-2 flex flex-wrap gap-2">{action}</div>}
      </div>
    </div>
  );
}
