"use client";

import { Scissors } from "lucide-react";
import { useText } from "#text";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { resources } from "@/lib/access/scopes";
import type { TokenView } from "@/lib/tokens/schema";
import type { TokenUsage } from "@/lib/tokens/usage-schema";
import { isWorking } from "@/lib/tokens/vocabulary";
import { DetailCard } from "./detail-card";

interface ScopesCardProps {
  token: TokenView;
  usage: TokenUsage;
  now: string;
  onNarrow: () => void;
  onReplace: () => void;
  onRevoke: () => void;
  cannotChange: string | undefined;
  cannotCreate: string | undefined;
  className?: string;
}

const labels = new Map<string, string>(
  resources.flatMap((entry) => entry.scopes.map(({ scope, label }) => [scope, label] as const)),
);

/** What a token may do, when it last did, and what it could do without. */
export function ScopesCard({ token, usage, now, className, ...advice }: ScopesCardProps) {
  const text = useText();
  const { unusedScopes } = usage.advice;
  return (
    <DetailCard
      title={text("Scopes")}
      aside={
        <span className="text-muted">
          {text("{count, plural, one {# scope} other {# scopes}}", { count: token.scopes.length })}
        </span>
      }
      {...(className !== undefined && { className })}
    >
      {isWorking(token.status) && <Advice token={token} usage={usage} {...advice} />}
      <ul aria-label={text("Scopes and their last use")} className="grid">
        {usage.scopes.map(({ scope, lastUsedAt }) => (
          <li key={scope} className="flex items-center justify-between gap-3 py-1.5 not-last:border-b">
            <div className="min-w-0">
              <p className="truncate">{text.known(labels.get(scope) ?? scope)}</p>
              <code className="font-mono text-xs text-muted">{scope}</code>
            </div>
            <div className="flex shrink-0 flex-wrap items-center justify-end gap-x-2 gap-y-1 text-xs text-muted">
              {lastUsedAt !== null && <RelativeTime at={lastUsedAt} now={now} />}
              {unusedScopes?.includes(scope) === true ? (
                <Badge tone="warning">{text("Unused")}</Badge>
              ) : lastUsedAt === null ? (
                <Badge>{text("Not used yet")}</Badge>
              ) : (
                <Badge tone="success">{text("Used")}</Badge>
              )}
            </div>
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
    </DetailCard>
  );
}

type AdviceProps = Omit<ScopesCardProps, "now" | "className">;

function Advice({ token, usage, onNarrow, onReplace, onRevoke, cannotChange, cannotCreate }: AdviceProps) {
  const text = useText();
  const { windowDays, daysOfData, unusedScopes } = usage.advice;
  if (unusedScopes === null)
    return (
      <p className="mb-2 text-xs text-muted">
        {text(
          "{count, plural, one {# day} other {# days}} of data so far. After {days, number}, this says which scopes it could do without.",
          { count: daysOfData, days: windowDays },
        )}
      </p>
    );
  const [all, unused] = [token.scopes.length, unusedScopes.length];
  if (unused === 0)
    return (
      <p className="mb-2 text-xs text-muted">
        {text("Each scope was used in the last {days, number} days.", { days: windowDays })}
      </p>
    );
  if (unused === all)
    return (
      <Banner
        tone="warning"
        className="mb-3"
        title={text("No scope used in the last {days, number} days", { days: windowDays })}
        action={
          <Button size="sm" onClick={onRevoke} disabledReason={cannotChange}>
            {text("Revoke…")}
          </Button>
        }
      >
        {text("If nothing needs the token, revoke it as unused.")}
      </Banner>
    );
  return (
    <Banner
      tone="warning"
      className="mb-3"
      title={text(
        "{unused, number} of {all, plural, one {# scope} other {# scopes}} not used in the last {days, number} days",
        { unused, all, days: windowDays },
      )}
      action={
        <>
          <Button size="sm" onClick={onNarrow} disabledReason={cannotChange}>
            <Scissors aria-hidden="true" />
            {text("Narrow to {count, plural, one {# scope} other {# scopes}}…", { count: all - unused })}
          </Button>
          <Button size="sm" onClick={onReplace} disabledReason={cannotCreate}>
            {text("Create narrowed replacement…")}
          </Button>
        </>
      }
    >
      {text("Without them, a leaked secret would do less harm.")}
    </Banner>
  );
}
