import { clsx } from "clsx";

/** A moving line for work whose end cannot be told. Decorative: whatever is at work says so in words. */
export function ProgressLine({ className }: { className?: string }) {
  return (
    <span aria-hidden="true" className={clsx("block h-0.5 overflow-hidden bg-accent-soft", className)}>
      {/* Without motion it stands still, and across. */}
      <span className="block h-full w-2/7 animate-sweep bg-accent motion-reduce:w-full motion-reduce:animate-none" />
    </span>
  );
}
