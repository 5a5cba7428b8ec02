"use client";

import { CircleAlert, CircleCheck, Info } from "lucide-react";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";
import { useText } from "#text";

const descriptionStyle = "!text-muted !text-sm";

/** Where toasts appear. Mounted once, by the root layout. */
export function Toaster() {
  const text = useText();
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      containerAriaLabel={text("Notifications")}
      icons={{
        success: <CircleCheck aria-hidden="true" className="size-4 text-success-text" />,
        info: <Info aria-hidden="true" className="size-4 text-muted" />,
        error: <CircleAlert aria-hidden="true" className="size-4 text-danger-text" />,
      }}
      toastOptions={{
        classNames: {
          toast: "!rounded-lg !border-0 !bg-raised !text-foreground !shadow-overlay !font-sans !text-sm !p-3",
          description: descriptionStyle,
        },
      }}
    />
  );
}
