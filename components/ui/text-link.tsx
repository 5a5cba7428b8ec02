import Link from "next/link";
import type { ComponentProps } from "react";

/** A link within text. */
export function TextLink(props: Omit<ComponentProps<typeof Link>, "className">) {
  return (
    <Link
      {...props}
      className="rounded-sm text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-accent"
    />
  );
}
