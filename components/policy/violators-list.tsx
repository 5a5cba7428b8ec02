"use client";

import Link from "next/link";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { useText } from "#text";
import { BulkRevokeDialog, type PreviewRevocation } from "@/components/tokens/bulk-revoke-dialog";
import { type Permission, reasonAgainst } from "@/components/tokens/permission";
import type { RevokeTokens } from "@/components/tokens/revoke-form";
import { BareCheckbox } from "@/components/ui/bare-checkbox";
import { Button } from "@/components/ui/button";
import { utcDay } from "@/components/ui/dates";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import type { Violator } from "@/lib/policy/schema";
import { ShortenDialog, type ShortenTokens } from "./shorten-dialog";

export interface ViolatorsListProps {
  violators: { total: number; shown: readonly Violator[] };
  /** The server's time of rendering, RFC 3339. */
  now: string;
  canWrite: Permission;
  /** The page of a token, with `:id` for its id. */
  detailsHref: string;
  /** Where the table shows all of them. */
  allHref: string;
  previewRevocation: PreviewRevocation;
  revoke: RevokeTokens;
  shorten: ShortenTokens;
}

/** The working tokens that break the policy, with the rules they break, to be revoked or shortened. */
export function ViolatorsList(props: ViolatorsListProps) {
  const text = useText();
  const { violators, now, canWrite, detailsHref, allHref, previewRevocation, revoke, shorten } = props;
  const { total, shown } = violators;
  const heading = useRef<HTMLHeadingElement>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<"revoke" | "shorten" | null>(null);
  // Ids stay while a dialog fades out, so that its text does not change under the reader.
  const [targetIds, setTargetIds] = useState<readonly string[]>([]);
  const selected = shown.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  const reason = reasonAgainst(canWrite) ?? (selected.length === 0 ? text("Select tokens first") : undefined);

  function begin(dialog: "revoke" | "shorten") {
    setTargetIds(selected);
    setOpen(dialog);
  }

  function finish(changed: boolean) {
    setOpen(null);
    if (changed) setChosen(new Set());
  }

  return (
    <section aria-labelledby="violators" className="rounded-xl border bg-surface">
      <div className="p-5 max-sm:p-4">
        <h3 ref={heading} id="violators" tabIndex={-1} className="font-medium outline-hidden">
          {total === 0
            ? text("No token violates this policy")
            : text("{total, plural, one {# token violates} other {# tokens violate}} this policy", { total })}
        </h3>
        <p className="mt-0.5 text-muted">
          {total === 0
            ? text("Every working token is one that could be issued today.")
            : text(
                "They were issued before it and go on working. Revoke what is not needed; shorten the rest, so that whoever uses them has time to replace them.",
              )}
          {shown.some(({ violations }) => violations.some(({ rule }) => rule === "idle")) &&
            ` ${text("Those that are idle for too long, the hourly job revokes by itself.")}`}
        </p>
      </div>
      {shown.length > 0 && (
        <>
          <div className="flex flex-wrap items-center gap-2 border-y bg-subtle px-5 py-2 max-sm:px-4">
            <span className="flex flex-1 items-center gap-3 text-xs text-muted">
              <BareCheckbox
                label={text("Select all that are shown")}
                checked={selected.length === shown.length}
                indeterminate={selected.length > 0 && selected.length < shown.length}
                onChange={(event) => setChosen(new Set(event.target.checked ? shown.map(({ id }) => id) : []))}
              />
              {selected.length === 0 ? text("Select") : text("{count, number} selected", { count: selected.length })}
            </span>
            <Button size="sm" onClick={() => begin("shorten")} disabledReason={reason}>
              {text("Shorten…")}
            </Button>
            <Button size="sm" onClick={() => begin("revoke")} disabledReason={reason}>
              {text("Revoke…")}
            </Button>
          </div>
          <ul className="divide-y divide-border">
            {shown.map((token) => (
              <li key={token.id} className="flex items-start gap-3 px-5 py-3 max-sm:px-4">
                <BareCheckbox
                  label={text("Select {name}", { name: token.name })}
                  checked={chosen.has(token.id)}
                  onChange={(event) => setChosen(withOrWithout(chosen, token.id, event.target.checked))}
                  className="mt-0.5"
                />
                <div className="min-w-0 flex-1">
                  <Link
                    href={detailsHref.replace(":id", token.id)}
                    className="block truncate rounded-sm font-medium hover:text-accent-text"
                    title={token.name}
                  >
                    {token.name}
                  </Link>
                  <p className="flex flex-wrap gap-x-2 text-xs text-muted">
                    <code className="font-mono">{token.hint}</code>
                    <span>
                      {token.lastUsedAt === null
                        ? text("Never used")
                        : text.rich("Used {when}", { when: <RelativeTime at={token.lastUsedAt} now={now} /> })}
                    </span>
                    {token.expiresAt !== null && (
                      <span>{text("Expires {day}", { day: utcDay(Date.parse(token.expiresAt), text) })}</span>
                    )}
                  </p>
                  <ul className="mt-1 grid gap-0.5 text-xs text-warning-text">
                    {token.violations.map((violation) => (
                      <li key={violation.rule}>{text.known(violation.text)}</li>
                    ))}
                  </ul>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
      {total > shown.length && (
        <p className="border-t px-5 py-3 text-xs text-muted max-sm:px-4">
          {text.rich(
            "The {count, number} most recently used are shown. <link>See all in the table</link>, where they can be revoked at once.",
            { count: shown.length, link: (content) => <TextLink href={allHref}>{content}</TextLink> },
          )}
        </p>
      )}
      <BulkRevokeDialog
        open={open === "revoke"}
        target={{ selection: { ids: [...targetIds] }, except: [] }}
        preview={previewRevocation}
        revoke={revoke}
        onClose={finish}
        finalFocus={() => heading.current}
      />
      <ShortenDialog
        open={open === "shorten"}
        onOpenChange={() => finish(false)}
        ids={targetIds}
        shorten={shorten}
        onShortened={(count) => {
          finish(true);
          toast.success(text("Shortened {count, plural, one {# token} other {# tokens}}", { count }));
        }}
        finalFocus={() => heading.current}
      />
    </section>
  );
}

function withOrWithout(ids: ReadonlySet<string>, id: string, isIn: boolean): ReadonlySet<string> {
  const others = [...ids].filter((other) => other !== id);
  return new Set(isIn ? [...others, id] : others);
}
