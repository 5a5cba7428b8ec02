"use client";

import { Popover } from "@/components/ui/popover";
import { permissionSet } from "@/lib/access/permission-sets";
import { resources } from "@/lib/access/scopes";
import type { TokenView } from "@/lib/tokens/schema";
import { counted } from "./wording";

const labels = new Map<string, string>(
  resources.flatMap((entry) => entry.scopes.map(({ scope, label }) => [scope, label] as const)),
);

/** "Read only" or "3 scopes", with every scope and limit in a popover. */
export function ScopeSummary({ token }: { token: TokenView }) {
  const count = counted(token.scopes.length, "scope");
  const summary = token.permissionSet === null ? count : permissionSet(token.permissionSet).label;
  const limits = limitsOf(token);
  return (
    <Popover
      title={`${count} of ${token.name}`}
      trigger={
        <button
          type="button"
          className="-mx-1.5 -my-0.5 block max-w-full rounded-md px-1.5 py-0.5 text-left hover:bg-hover data-popup-open:bg-hover"
        >
          <span className="block truncate underline decoration-border-strong decoration-dotted underline-offset-4">
            {summary}
          </span>
          {limits.length > 0 && <span className="block truncate text-xs text-muted">{limits.join(", ")}</span>}
          <span className="sr-only">show scopes of {token.name}</span>
        </button>
      }
    >
      {/* Long lists scroll, so the list is reachable by keyboard. */}
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label="Scopes"
        className="-mx-1 grid max-h-70 gap-1 overflow-y-auto rounded-md px-1"
      >
        {token.scopes.map((scope) => (
          <li key={scope} className="flex items-baseline justify-between gap-3">
            <span>{labels.get(scope) ?? scope}</span>
            <code className="font-mono text-xs text-muted">{scope}</code>
          </li>
        ))}
      </ul>
      {token.newerScopes.length > 0 && (
        <p className="mt-2 border-t pt-2 text-muted">
          Does not include {counted(token.newerScopes.length, "newer scope")}: {token.newerScopes.join(", ")}.
        </p>
      )}
      {limits.length > 0 && <p className="mt-2 border-t pt-2 text-muted">Limited to {limits.join(" and ")}.</p>}
    </Popover>
  );
}

function limitsOf({ resources: limits, allowedCidrs }: TokenView): string[] {
  return [
    ...(limits?.datasets ? [counted(limits.datasets.length, "dataset")] : []),
    ...(limits?.pipelines ? [counted(limits.pipelines.length, "pipeline")] : []),
    ...(allowedCidrs.length > 0 ? [counted(allowedCidrs.length, "address", "addresses")] : []),
  ];
}
