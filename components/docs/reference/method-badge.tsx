import { clsx } from "clsx";
import type { ReferenceMethod } from "./view";

const tones: Readonly<Record<ReferenceMethod, string>> = {
  get: "border-accent-line bg-accent-soft text-accent-text",
  post: "border-success-line bg-success-soft text-success-text",
  put: "border-warning-line bg-warning-soft text-warning-text",
  patch: "border-warning-line bg-warning-soft text-warning-text",
  delete: "border-danger-line bg-danger-soft text-danger-text",
};

export function MethodBadge({ method, className }: { method: ReferenceMethod; className?: string }) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 shrink-0 items-center justify-center rounded-sm border px-1.5 font-mono text-[0.6875rem] font-medium uppercase",
        tones[method],
        className,
      )}
    >
      {method}
    </span>
  );
}
