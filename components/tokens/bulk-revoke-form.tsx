"use client";

import { type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
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
import { counted } from "./wording";

interface BulkRevokeFormProps {
  /** What a dry run said of each. */
  rows: readonly RevokeRow[];
  revoke: RevokeTokens;
  onRevoked: (rows: readonly RevokeRow[]) => void;
  onCancel: () => void;
}

/** Shows what would be hit, and asks why and, for more than one, how many. Sends ids: what was shown is what is hit. */
export function BulkRevokeForm({ rows, revoke, onRevoked, onCancel }: BulkRevokeFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [now] = useState(() => new Date().toISOString());
  const [why, setWhy] = useState(noReasonYet);
  const [typed, setTyped] = useState("");
  const [submitted, setSubmitted] = useState(false);
  const { pending, failure, submit } = useSubmission({
    send: revoke,
    onDone: ({ results }) => onRevoked(results),
    onFailed: () => focusFirstError(form.current),
    lost: "The server did not answer, so either all of these tokens are revoked or none is. Look at the list before you try again.",
  });
  const hit = useMemo(() => rows.filter((row): row is RevokedRow => row.outcome === "revoked"), [rows]);
  const spared = rows.length - hit.length;
  const inUse = hit.filter((row) => isInUse(row, now)).length;
  const missing = [
    ...missingWhy(why),
    ...(hit.length > 1 && typed.replace(/[\s,.]/g, "") !== `${hit.length}`
      ? [{ path: "count", message: `Type ${hit.length} to confirm` }]
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
          <p>None of them can be revoked: they already are, or they no longer exist.</p>
        </OverlayBody>
        <OverlayFooter>
          <Button onClick={onCancel}>Close</Button>
        </OverlayFooter>
      </>
    );

  return (
    <form ref={form} noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-4">
          <FailureBanner title="Not revoked" failure={failure} fields={["reason", "note"]} />
          <div className="grid gap-2">
            <div className="flex flex-wrap items-center justify-between gap-x-3">
              <p>
                <strong className="font-medium">{counted(hit.length, "token")}</strong> would be revoked
                {spared > 0 &&
                  `; ${spared.toLocaleString("en")} of the selected already ${spared === 1 ? "is" : "are"}`}
                .
              </p>
              <BulkCsv rows={hit} name="tokens-to-revoke" />
            </div>
            {inUse > 0 && (
              <Banner tone="warning" title={`${counted(inUse, "token")} used in the last 24 hours`}>
                What calls with {inUse === 1 ? "it" : "them"} stops working at once.
              </Banner>
            )}
            <BulkTokenList label="Tokens that would be revoked" rows={hit} now={now} />
          </div>
          <RevokeReason why={why} onWhyChange={setWhy} errorAt={(path) => issueAt(issues, path)} />
          {hit.length > 1 && (
            <Field label={`Type ${hit.length} to confirm`} error={issueAt(issues, "count")}>
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
        <Button onClick={onCancel} disabledReason={pending ? "The tokens are being revoked" : undefined}>
          Cancel
        </Button>
        <Button type="submit" variant="danger" pending={pending} pendingLabel="Revoking…">
          Revoke {counted(hit.length, "token")}
        </Button>
      </OverlayFooter>
    </form>
  );
}

/** All of them are revoked at one instant, so there is no part done to show: only that it is under way, and how long. */
function RevocationProgress({ count }: { count: number }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => setSeconds((elapsed) => elapsed + 1), 1000);
    return () => window.clearInterval(timer);
  }, []);
  return (
    <div>
      <ProgressLine />
      <p className="flex justify-between gap-3 px-5 pt-2 text-xs text-muted max-sm:px-4">
        <span role="status">Revoking {counted(count, "token")}, all at one instant</span>
        <span className="tabular-nums">{seconds} s</span>
      </p>
    </div>
  );
}
