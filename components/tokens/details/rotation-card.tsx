"use client";

import { clsx } from "clsx";
import { CircleCheck, CircleDashed, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import type { TokenView } from "@/lib/tokens/schema";
import { isWorking } from "@/lib/tokens/vocabulary";
import { TokenStatusBadge } from "../token-status-badge";
import { DetailCard } from "./detail-card";
import { rotationVerdict } from "./rotation-verdict";

/** A token with the address of its details; none for the one whose page this is. */
export interface LinkedToken {
  token: TokenView;
  href: string | null;
}

interface RotationCardProps {
  /** There is a later rotation on the page, which this one came before. */
  isEarlier: boolean;
  old: LinkedToken;
  next: LinkedToken;
  now: string;
  refreshing: boolean;
  onRefresh: () => void;
  /** Ends the old secret before its time. */
  onFinish: () => void;
  cannotFinish: string | undefined;
}

/** Two tokens of one rotation: who still uses which secret, and whether the old one can go. */
export function RotationCard({
  isEarlier,
  old,
  next,
  now,
  refreshing,
  onRefresh,
  onFinish,
  cannotFinish,
}: RotationCardProps) {
  const text = useText();
  const runs = isWorking(old.token.status);
  const verdict = rotationVerdict(old.token, next.token, Date.parse(now), text);
  const Icon = verdict.kind === "wait" ? CircleDashed : CircleCheck;
  return (
    <DetailCard
      anchor={isEarlier ? undefined : "rotation"}
      title={
        isEarlier
          ? runs
            ? text("Earlier rotation under way")
            : text("Earlier rotation finished")
          : runs
            ? text("Rotation under way")
            : text("Rotation finished")
      }
      {...(runs && {
        aside: (
          <div className="flex items-center gap-1">
            <IconButton label={text("Check again")} pending={refreshing} pendingLabel="" onClick={onRefresh}>
              <RefreshCw aria-hidden="true" />
            </IconButton>
            <Button onClick={onFinish} disabledReason={cannotFinish}>
              {text("Finish now…")}
            </Button>
          </div>
        ),
      })}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Side title={text("Old secret")} linked={old}>
          <Fact name={text("Last use of the old one")}>
            <When at={old.token.lastUsedAt} now={now} none={text("Never used")} />
          </Fact>
          <Fact name={runs ? text("Works until") : text("Stopped working")}>
            <When at={old.token.revokedAt ?? old.token.expiresAt} now={now} none={text("Revoked")} />
          </Fact>
        </Side>
        <Side title={text("New secret")} linked={next}>
          <Fact name={text("First use of the new one")}>
            <When at={next.token.firstUsedAt} now={now} none={text("Not used yet")} />
          </Fact>
          <Fact name={text("Issued")}>
            <When at={next.token.createdAt} now={now} none="" />
          </Fact>
        </Side>
      </div>
      {runs && (
        <p role="status" className="mt-3 flex items-start gap-2">
          <Icon
            aria-hidden="true"
            className={clsx(
              "mt-0.5 size-4 shrink-0",
              verdict.kind === "wait" ? "text-warning-text" : "text-success-text",
            )}
          />
          {verdict.text}
        </p>
      )}
    </DetailCard>
  );
}

function Side({
  title,
  linked: { token, href },
  children,
}: {
  title: string;
  linked: LinkedToken;
  children: ReactNode;
}) {
  const text = useText();
  return (
    <div className="min-w-0 rounded-lg border px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h4 className="font-medium">{title}</h4>
        <TokenStatusBadge status={token.status} />
      </div>
      <p className="mt-0.5 truncate text-xs text-muted">
        <code className="font-mono">{token.hint}</code> ·{" "}
        {href === null ? text("this token") : <TextLink href={href}>{token.name}</TextLink>}
      </p>
      <dl className="mt-2 grid gap-1">{children}</dl>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-3">
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function When({ at, now, none }: { at: string | null; now: string; none: string }) {
  return at === null ? <span className="text-muted">{none}</span> : <RelativeTime at={at} now={now} />;
}
