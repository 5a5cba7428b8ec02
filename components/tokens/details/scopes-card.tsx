"use client";

import { Scissors } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { resources } from "@/lib/access/scopes";
import type { TokenView } from "@/lib/tokens/schema";
import type { TokenUsage } from "@/lib/tokens/usage-schema";
import { isWorking } from "@/lib/tokens/vocabulary";
import { counted } from "../wording";
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
  const { unusedScopes } = usage.advice;
  return (
    <DetailCard
      title="Scopes"
      aside={<span className="text-muted">{counted(token.scopes.length, "scope")}</span>}
      {...(className !== undefined && { className })}
    >
      {isWorking(token.status) && <Advice token={token} usage={usage} {...advice} />}
      <ul aria-label="Scopes and their last use" className="grid">
        {usage.scopes.map(({ scope, lastUsedAt }) => (
          <li key={scope} className="flex items-center justify-between gap-3 py-1.5 not-last:border-b">
            <div className="min-w-0">
              <p className="truncate">{labels.get(scope) ?? scope}</p>
              <code className="font-mono text-xs text-muted">{scope}</code>
            </div>
            <div className="flex shrink-0 flex-wrap items-center justify-end gap-x-2 gap-y-1 text-xs text-muted">
              {lastUsedAt !== null && <RelativeTime at={lastUsedAt} now={now} />}
              {unusedScopes?.includes(scope) === true ? (
                <Badge tone="warning">Unused</Badge>
              ) : lastUsedAt === null ? (
                <Badge>Not used yet</Badge>
              ) : (
                <Badge tone="success">Used</Badge>
              )}
            </div>
          </li>
        ))}
      </ul>
      {token.newerScopes.length > 0 && (
        <p className="mt-2 border-t pt-2 text-muted">
          Does not include {counted(token.newerScopes.length, "newer scope")}: {token.newerScopes.join(", ")}.
        </p>
      )}
    </DetailCard>
  );
}

type AdviceProps = Omit<ScopesCardProps, "now" | "className">;

function Advice({ token, usage, onNarrow, onReplace, onRevoke, cannotChange, cannotCreate }: AdviceProps) {
  const { windowDays, daysOfData, unusedScopes } = usage.advice;
  if (unusedScopes === null)
    return (
      <p className="mb-2 text-xs text-muted">
        {counted(daysOfData, "day")} of data so far. After {windowDays}, this says which scopes it could do without.
      </p>
    );
  const [all, unused] = [token.scopes.length, unusedScopes.length];
  if (unused === 0)
    return <p className="mb-2 text-xs text-muted">Each scope was used in the last {windowDays} days.</p>;
  if (unused === all)
    return (
      <Banner
        tone="warning"
        className="mb-3"
        title={`No scope used in the last ${windowDays} days`}
        action={
          <Button size="sm" onClick={onRevoke} disabledReason={cannotChange}>
            Revoke…
          </Button>
        }
      >
        If nothing needs the token, revoke it as unused.
      </Banner>
    );
  return (
    <Banner
      tone="warning"
      className="mb-3"
      title={`${unused} of ${counted(all, "scope")} not used in the last ${windowDays} days`}
      action={
        <>
          <Button size="sm" onClick={onNarrow} disabledReason={cannotChange}>
            <Scissors aria-hidden="true" />
            Narrow to {counted(all - unused, "scope")}…
          </Button>
          <Button size="sm" onClick={onReplace} disabledReason={cannotCreate}>
            Create narrowed replacement…
          </Button>
        </>
      }
    >
      Without them, a leaked secret would do less harm.
    </Banner>
  );
}
