import { LoaderCircle } from "lucide-react";

/** Decorative: whatever is at work says so in words beside it. */
export function Spinner() {
  return <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />;
}
