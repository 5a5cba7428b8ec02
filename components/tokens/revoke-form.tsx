"use client";

import { type FormEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useText } from "#text";
import { Button } from "@/components/ui/button";
import { FailureBanner } from "@/components/ui/failure-banner";
import { OverlayBody, OverlayFooter } from "@/components/ui/overlay-parts";
import { focusFirstError, issueAt, type Outcome, useSubmission } from "@/components/ui/use-submission";
import type { RevokeRow, RevokeTokensInput, TokenView } from "@/lib/tokens/schema";
import { missingWhy, noReasonYet, RevokeReason } from "./revoke-reason";

/** The server action that revokes tokens, one or many. */
export type RevokeTokens = (input: RevokeTokensInput) => Promise<Outcome<{ results: readonly RevokeRow[] }>>;

export interface RevokeFormProps {
  token: TokenView;
  revoke: RevokeTokens;
  onRevoked: (row: RevokeRow) => void;
  onCancel: () => void;
}

/** Revokes one token: a reason and a click, because in an incident every second counts. */
export function RevokeForm({ token, revoke, onRevoked, onCancel }: RevokeFormProps) {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const [why, setWhy] = useState(noReasonYet);
  const [submitted, setSubmitted] = useState(false);
  const { pending, failure, submit } = useSubmission({
    send: revoke,
    onDone: ({ results }) => onRevoked(results[0] ?? { id: token.id, outcome: "not_found" }),
    onFailed: () => focusFirstError(form.current),
    lost: text("The server did not answer, so the token may still work. Check its status in the list, then try again."),
  });
  const issues = [...(submitted ? missingWhy(why) : []), ...(failure?.issues ?? [])];

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    flushSync(() => setSubmitted(true));
    const note = why.note.trim();
    if (why.reason === null || missingWhy(why).length > 0) return focusFirstError(form.current);
    submit({ ids: [token.id], reason: why.reason, ...(note !== "" && { note }) });
  }

  return (
    <form ref={form} noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
      <OverlayBody>
        <div className="grid gap-4">
          <FailureBanner title={text("Not revoked")} failure={failure} fields={["reason", "note"]} />
          <RevokeReason why={why} onWhyChange={setWhy} errorAt={(path) => issueAt(issues, path)} />
        </div>
      </OverlayBody>
      <OverlayFooter>
        <Button onClick={onCancel} disabledReason={pending ? text("The token is being revoked") : undefined}>
          {text("Cancel")}
        </Button>
        <Button type="submit" variant="danger" pending={pending} pendingLabel={text("Revoking…")}>
          {text("Revoke token")}
        </Button>
      </OverlayFooter>
    </form>
  );
}
