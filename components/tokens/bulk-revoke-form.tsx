"use client";

import { type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useText } from "#text";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { FailureBanner } from "@/components/ui/failure-banner";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { ProgressLine } from "@/components/ui/progress-line";
import { focusFirstError, issueAt, useSubmission } from "@/components/ui/use-submission";
import type { RevokedRow, RevokeRow } from "@/lib/tokens/schema";
import { BulkCsv } from "./bulk-csv-buttons";
import { BulkTokenList, isInUse } from "./bulk-token-list";
import type { RevokeTokens } from "./revoke-form";
import { missingWhy, noReasonYet, RevokeReason } from "./revoke-reason";

interface BulkRevokeFormProps {
  /** What a dry run said of each. */
  rows: readonly RevokeRow[];
  revoke: RevokeTokens;
  onRevoked: (rows: readonly RevokeRow[]) => void;
  onCancel: () => void;
}

/** Shows what would be hit, and asks why and, for more than one, how many. Sends ids: what was shown is what is hit. */
export function BulkRevokeForm({ rows, revoke, onRevoked, onCancel }: BulkRevokeFormProps) {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const [now] = useState(() => new Date().toISOString());
  const [why, setWhy] = useState(noReasonYet);
  const [typed, setTyped] = useState("");
  const [submitted, setSubmitted] = useState(false);
  const { pending, failure, submit } = useSubmission({
    send: revoke,
    onDone: ({ results }) => onRevoked(results),
    onFailed: () => focusFirstError(form.current),
    lost: text(
      "The server did not answer, so either all of these tokens are revoked or none is. Look at the list before you try again.",
    ),
  });
  const hit = useMemo(() => rows.filter((row): row is RevokedRow => row.outcome === "revoked"), [rows]);
  const spared = rows.length - hit.length;
  const inUse = hit.filter((row) => isInUse(row, now)).length;
  const missing = [
    ...missingWhy(why),
    ...(hit.length > 1 && typed.replace(/[\s,.]/g, "") !== `${hit.length}`
      ? [{ path: "count", message: text("Type {count} to confirm", { count: hit.length }) }]
      : []),
  ];
  const issues = [...(submitted ? missing : []), ...(failure?.issues ?? [])];

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    flushSync(() => setSubmitted(true));
    if (why.reason === null || missing.length > 0) return focusFirstError(form.current);
    const note = why.note.trim();
    submit({ ids: hit.map(({ id }) => id), reason: why.reason, ...(note !== "" && { note }) });
  }

  if (hit.length === 0)
    return (
      <>
        <OverlayBody>
          <p>{text("None of them can be revoked: they already are, or they no longer exist.")}</p>
        </OverlayBody>
        <OverlayFooter>
          <Button onClick={onCancel}>{text("Close")}</Button>
        </OverlayFooter>
      </>
    );

  return (
    <form ref={form} noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-4">
          <FailureBanner title={text("Not revoked")} failure={failure} fields={["reason", "note"]} />
          <div className="grid gap-2">
            <div className="flex flex-wrap items-center justify-between gap-x-3">
              <p>
                {text.rich(
                  "<strong>{count, plural, one {# token} other {# tokens}}</strong> would be revoked{spared, plural, =0 {} one {; # of the selected already is} other {; # of the selected already are}}.",
                  {
                    count: hit.length,
                    spared,
                    strong: (content) => <strong className="font-medium">{content}</strong>,
                  },
                )}
              </p>
              <BulkCsv rows={hit} name="tokens-to-revoke" />
            </div>
            {inUse > 0 && (
              <Banner
                tone="warning"
                title={text("{count, plural, one {# token} other {# tokens}} used in the last 24 hours", {
                  count: inUse,
                })}
              >
                {text("What calls with {count, plural, one {it} other {them}} stops working at once.", {
                  count: inUse,
                })}
              </Banner>
            )}
            <BulkTokenList label={text("Tokens that would be revoked")} rows={hit} now={now} />
          </div>
          <RevokeReason why={why} onWhyChange={setWhy} errorAt={(path) => issueAt(issues, path)} />
          {hit.length > 1 && (
            <Field label={text("Type {count} to confirm", { count: hit.length })} error={issueAt(issues, "count")}>
              <Input
                name="count"
                inputMode="numeric"
                autoComplete="off"
                value={typed}
                onValueChange={setTyped}
                className="max-w-40 scroll-mb-9"
              />
            </Field>
          )}
        </div>
      </OverlayBody>
      {pending && <RevocationProgress count={hit.length} />}
      <OverlayFooter>
        <Button onClick={onCancel} disabledReason={pending ? text("The tokens are being revoked") : undefined}>
          {text("Cancel")}
        </Button>
        <Button type="submit" variant="danger" pending={pending} pendingLabel={text("Revoking…")}>
          {text("Revoke {count, plural, one {# token} other {# tokens}}", { count: hit.length })}
        </Button>
      </OverlayFooter>
    </form>
  );
}

/** All of them are revoked at one instant, so there is no part done to show: only that it is under way, and how long. */
function RevocationProgress({ count }: { count: number }) {
  const text = useText();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => setSeconds((elapsed) => elapsed + 1), 1000);
    return () => window.clearInterval(timer);
  }, []);
  return (
    <div>
      <ProgressLine />
      <p className="flex justify-between gap-3 px-5 pt-2 text-xs text-muted max-sm:px-4">
        <span role="status">
          {text("Revoking {count, plural, one {# token} other {# tokens}}, all at one instant", { count })}
        </span>
        <span className="tabular-nums">{seconds} s</span>
      </p>
    </div>
  );
}
