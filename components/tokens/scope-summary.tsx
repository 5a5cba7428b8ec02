"use client";

import { useText } from "#text";
import { Popover } from "@/components/ui/popover";
import { permissionSet } from "@/lib/access/permission-sets";
import { resources } from "@/lib/access/scopes";
import type { Text } from "@/lib/text/text";
import type { TokenView } from "@/lib/tokens/schema";

const labels = new Map<string, string>(
  resources.flatMap((entry) => entry.scopes.map(({ scope, label }) => [scope, label] as const)),
);

/** "Read only" or "3 scopes", with every scope and limit in a popover. */
export function ScopeSummary({ token }: { token: TokenView }) {
  const text = useText();
  const count = token.scopes.length;
  const summary =
    token.permissionSet === null
      ? text("{count, plural, one {# scope} other {# scopes}}", { count })
      : text.known(permissionSet(token.permissionSet).label);
  const limits = limitsOf(token, text);
  return (
    <Popover
      title={text("{count, plural, one {# scope} other {# scopes}} of {name}", { count, name: token.name })}
      trigger={
        <button
          type="button"
          className="-mx-1.5 -my-0.5 block max-w-full rounded-md px-1.5 py-0.5 text-left hover:bg-hover data-popup-open:bg-hover"
        >
          <span className="block truncate underline decoration-border-strong decoration-dotted underline-offset-4">
            {summary}
          </span>
          {limits.length > 0 && <span className="block truncate text-xs text-muted">{limits.join(", ")}</span>}
          <span className="sr-only">{text("show scopes of {name}", { name: token.name })}</span>
        </button>
      }
    >
      {/* Long lists scroll, so the list is reachable by keyboard. */}
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={text("Scopes")}
        className="-mx-1 grid max-h-70 gap-1 overflow-y-auto rounded-md px-1"
      >
        {token.scopes.map((scope) => (
          <li key={scope} className="flex items-baseline justify-between gap-3">
            <span>{text.known(labels.get(scope) ?? scope)}</span>
            <code className="font-mono text-xs text-muted">{scope}</code>
          </li>
        ))}
      </ul>
      {token.newerScopes.length > 0 && (
        <p className="mt-2 border-t pt-2 text-muted">
          {text("Does not include {count, plural, one {# newer scope} other {# newer scopes}}: {scopes}.", {
            count: token.newerScopes.length,
            scopes: token.newerScopes.join(", "),
          })}
        </p>
      )}
      {limits.length > 0 && (
        <p className="mt-2 border-t pt-2 text-muted">{text("Limited to {limits}.", { limits: text.list(limits) })}</p>
      )}
    </Popover>
  );
}

function limitsOf({ resources: limits, allowedCidrs }: TokenView, text: Text): string[] {
  return [
    ...(limits?.datasets
      ? [text("{count, plural, one {# dataset} other {# datasets}}", { count: limits.datasets.length })]
      : []),
    ...(limits?.pipelines
      ? [text("{count, plural, one {# pipeline} other {# pipelines}}", { count: limits.pipelines.length })]
      : []),
    ...(allowedCidrs.length > 0
      ? [text("{count, plural, one {# address} other {# addresses}}", { count: allowedCidrs.length })]
      : []),
  ];
}
